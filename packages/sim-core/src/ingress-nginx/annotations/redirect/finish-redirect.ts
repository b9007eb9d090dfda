import type { Finish } from '../lookup.ts';

/** The temporary redirect wins (internal/ingress/annotations/redirect/redirect.go). */
export const finishRedirect: Finish = ({ location, redirect }) => {
  const { permanent, permanentCode, temporal, temporalCode } = redirect;
  if (temporal !== '') location.return = { status: temporalCode, url: temporal };
  else if (permanent !== '') location.return = { status: permanentCode, url: permanent };
  return undefined;
};
