import type { LimitConn, LimitReq } from '../directives.ts';
import { block, type Conf } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** Limits of requests a second and a minute; a zone counts for all locations of an Ingress. */
export const LIMIT_REQ: Printer<readonly LimitReq[], LocationContext> = from(
  ['limit-rps', 'limit-rpm'],
  (limits) =>
    limits.map(({ zone, burst, per }) => ({
      text: `limit_req zone=${zone} burst=${burst} nodelay;`,
      settings: [setting(per), 'limit-burst-multiplier'],
    })),
  {
    http: (limits, context) =>
      limits.flatMap(({ zone, limit, per }) => [
        ...counted(context, zone),
        {
          text: `limit_req_zone $limit_${variable(zone)} zone=${zone}:5m rate=${limit}r/${per === 'second' ? 's' : 'm'};`,
          settings: [setting(per)],
        },
      ]),
  },
);

/** The limit of connections at a time. */
export const LIMIT_CONN: Printer<LimitConn, LocationContext> = from(
  'limit-connections',
  ({ zone, connections }) => [`limit_conn ${zone} ${connections};`],
  {
    http: ({ zone }, context) => [
      ...counted(context, zone),
      `limit_conn_zone $limit_${variable(zone)} zone=${zone}:5m;`,
    ],
  },
);

/** Clients that no limit counts: what they are counted by is empty (ngx_http_limit_req_handler). */
export const LIMIT_ALLOWLIST: Printer<readonly string[], LocationContext> = from(
  ['limit-allowlist', 'limit-whitelist'],
  (list) => (list.length === 0 ? [] : [`# no limit for ${list.join(', ')}`]),
);

function counted({ location, printing }: LocationContext, zone: string): Conf[] {
  const { limitAllowlist } = location.directives;
  const settings = ['limit-allowlist', 'limit-whitelist'];
  const [name, source] = [variable(zone), location.source];
  const by = printing.configuration.http.limitConnZoneVariable;
  return [
    block(`geo $remote_addr $allowlist_${name}`, ['default 0;', ...networks(limitAllowlist)], { settings, source }),
    block(
      `map $allowlist_${name} $limit_${name}`,
      [{ text: `0 ${by};`, settings: ['limit-conn-zone-variable'] }, '1 "";'],
      {
        source,
      },
    ),
  ];
}

/** `geo` warns of a network twice. */
function networks(list: readonly string[]): string[] {
  return [...new Set(list)].map((network) => `${network} 1;`);
}

function setting(per: LimitReq['per']): string {
  return per === 'second' ? 'limit-rps' : 'limit-rpm';
}

/** Names of variables have letters, digits and `_` only. */
function variable(zone: string): string {
  return zone.replaceAll(/\W/g, '_');
}
