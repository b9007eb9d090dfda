import type { LimitReq } from '../../nginx/directives.ts';
import type { Finish } from '../lookup.ts';

/** Zones belong to the Ingress: all of its locations count together (internal/ingress/annotations/ratelimit/main.go). */
export const finishLimits: Finish = ({ location, limit }, lookup) => {
  const zone = `${lookup?.namespace}_${lookup?.name}_${lookup?.uid}`;
  const multiplier = limit.burstMultiplier > 0 ? limit.burstMultiplier : 5;
  const rate = (most: number, per: LimitReq['per'], name: string): LimitReq[] =>
    most > 0 ? [{ zone: `${zone}_${name}`, limit: most, per, burst: most * multiplier }] : [];
  location.limitReq = [...rate(limit.rps, 'second', 'rps'), ...rate(limit.rpm, 'minute', 'rpm')];
  if (limit.connections > 0) location.limitConn = { zone: `${zone}_conn`, connections: limit.connections };
  location.limitAllowlist = limit.allowlist;
  return undefined;
};
