import type { Changes } from './change.ts';

/** https instead of http, and back. */
export const otherScheme: Changes = ({ sent }) => {
  const scheme = sent.scheme === 'http' ? ('https' as const) : ('http' as const);
  return [{ change: `over ${scheme}`, request: { ...sent, scheme } }];
};
