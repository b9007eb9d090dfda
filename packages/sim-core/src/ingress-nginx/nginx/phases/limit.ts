import type { Answer } from '../answer.ts';
import type { CompiledLocation } from '../compile.ts';
import type { LimitReq } from '../directives.ts';
import type { RequestContext } from '../request-context.ts';

/** Rates first, then connections under way (ngx_http_limit_req_module, ngx_http_limit_conn_module). */
export function limit(context: RequestContext): Answer | undefined {
  const { location, limitAllowlist } = context.location as CompiledLocation;
  const { limitReq, limitConn } = location.directives;
  if ((limitReq.length === 0 && limitConn === undefined) || context.hypothetical) return undefined;
  if (limitAllowlist?.has(context.remoteAddr) === true) return undefined;
  const { http, zones, compiledHttp } = context.running;
  const key = compiledHttp.limitKey === undefined ? context.remoteAddr : compiledHttp.limitKey(context);
  // Requests without a key are not counted.
  if (key === '') return undefined;
  context.limitKey = key;
  for (let i = 0; i < limitReq.length; i++) {
    if (!takes(context, limitReq[i] as LimitReq)) return { status: http.limitReqStatusCode, reason: 'rate-limited' };
  }
  if (limitConn === undefined) return undefined;
  if (!zones.enters(limitConn.zone, key, limitConn.connections)) {
    return { status: http.limitConnStatusCode, reason: 'too-many-connections' };
  }
  context.limitedZone = limitConn.zone;
  return undefined;
}

function takes({ running, limitKey }: RequestContext, { zone, limit: most, per, burst }: LimitReq): boolean {
  const rate = per === 'second' ? most * 1000 : Math.trunc((most * 1000) / 60);
  return running.zones.takes(zone, limitKey, rate, burst, running.clock.requestNow());
}
