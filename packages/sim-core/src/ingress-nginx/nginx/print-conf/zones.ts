import type { NginxConfiguration } from '../configuration.ts';
import type { Conf } from './conf.ts';

/** The zones that limits count in, each once. */
export function printZones({ servers, http }: NginxConfiguration): Conf[] {
  const zones = new Map<string, Conf>();
  for (const { locations } of servers) {
    for (const { directives } of locations) {
      for (const { zone, limit, per } of directives.limitReq) {
        zones.set(
          zone,
          `limit_req_zone $binary_remote_addr zone=${zone}:5m rate=${limit}r/${per === 'second' ? 's' : 'm'};`,
        );
      }
      const { limitConn } = directives;
      if (limitConn !== undefined)
        zones.set(limitConn.zone, `limit_conn_zone $binary_remote_addr zone=${limitConn.zone}:5m;`);
    }
  }
  if (zones.size === 0) return [];
  return [
    `limit_req_status ${http.limitReqStatusCode};`,
    `limit_conn_status ${http.limitConnStatusCode};`,
    ...zones.values(),
    '',
  ];
}
