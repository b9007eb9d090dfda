import type { Finish } from '../lookup.ts';

/** Where no origin is left nobody gets the headers. */
export const finishCors: Finish = ({ location, cors: { enabled, ...cors } }) => {
  if (enabled && cors.allowOrigin.length > 0) location.cors = cors;
  return undefined;
};
