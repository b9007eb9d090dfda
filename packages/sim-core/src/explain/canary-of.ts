import type { Upstream } from '../ingress-nginx/nginx/configuration.ts';
import type { Scene } from './scene.ts';

/** The canary upstream that is asked: the first. */
export function canaryOf({ record }: Scene): Upstream | undefined {
  const name = record.primary?.alternativeBackends[0];
  return record.configuration?.upstreams.find((upstream) => upstream.name === name);
}

/** Whether main or canary is left to a draw that was not made. */
export function isOpen({ record }: Scene): boolean {
  return record.canary === 'weight' && record.draw === 0 && record.weight > 0 && record.weight < record.drawTotal;
}
