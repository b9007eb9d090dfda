import type { Changes } from './change.ts';

/** From an address that the lists let in, or keep out. */
export const otherAddress: Changes = ({ scene, sent }) => {
  const { allow = [], deny = [] } = scene.record.location?.directives ?? {};
  const addresses = [...allow, ...deny].map((network) => network.split('/')[0] as string);
  return [...new Set(addresses)]
    .filter((address) => address !== sent.remoteAddress)
    .slice(0, 2)
    .map((address) => ({ change: `from ${address}`, request: { ...sent, remoteAddress: address } }));
};
