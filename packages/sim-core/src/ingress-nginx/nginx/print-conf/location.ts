import type { Location, NginxConfiguration } from '../configuration.ts';
import type { LocationDirectives } from '../directives.ts';
import { type Block, block, type Conf, comment, quote, quoteLiteral, seconds, size } from './conf.ts';

type Print<T> = (value: T) => Conf[];

/** How each directive of a location is written, in the order in which it is; Lua settings are comments. */
const DIRECTIVES: { readonly [K in keyof LocationDirectives]-?: Print<NonNullable<LocationDirectives[K]>> } =
  Object.freeze({
    sslRedirect: (value) => [`# lua: ssl_redirect = ${value}`],
    forceSslRedirect: (value) => [`# lua: force_ssl_redirect = ${value}`],
    preserveTrailingSlash: (value) => [`# lua: preserve_trailing_slash = ${value}`],
    clientMaxBodySize: (value) => [`client_max_body_size ${size(value)};`],
    proxyConnectTimeout: (value) => [`proxy_connect_timeout ${seconds(value)};`],
    proxySendTimeout: (value) => [`proxy_send_timeout ${seconds(value)};`],
    proxyReadTimeout: (value) => [`proxy_read_timeout ${seconds(value)};`],
    proxyNextUpstream: ({ text }) => [`proxy_next_upstream ${text};`],
    proxyNextUpstreamTimeout: (value) => [`proxy_next_upstream_timeout ${seconds(value)};`],
    proxyNextUpstreamTries: (value) => [`proxy_next_upstream_tries ${value};`],
    accessLog: (value) => (value ? [] : ['access_log off;']),
    return: ({ status, url }) => [`return ${status}${url === undefined ? '' : ` ${quote(url)}`};`],
    denied: (reason) => [comment(`Location denied. Reason: ${reason}`), 'return 503;'],
  } satisfies { [K in keyof LocationDirectives]-?: Print<NonNullable<LocationDirectives[K]>> });

/** `location … { }` */
export function printLocation(location: Location, configuration: NginxConfiguration): Block {
  return block(`location ${matcher(location)}`, [
    ...variables(location),
    ...printDirectives(location.directives),
    '',
    ...proxyPass(location, configuration),
  ]);
}

function matcher({ modifier, path }: Location): string {
  const pattern = modifier === '~*' ? quote(`^${path}`) : quoteIfNeeded(path);
  return modifier === '' ? pattern : `${modifier} ${pattern}`;
}

function quoteIfNeeded(path: string): string {
  return /^[\w/.~-]+$/.test(path) ? path : quote(path);
}

/** What the log format names. */
function variables({ source, ingressPath, backend }: Location): Conf[] {
  return [
    `set $namespace ${quoteLiteral(source?.namespace ?? '')};`,
    `set $ingress_name ${quoteLiteral(source?.ingress ?? '')};`,
    `set $service_name ${quoteLiteral(source?.service ?? '')};`,
    `set $service_port ${quoteLiteral(source?.port ?? '')};`,
    `set $location_path ${quoteLiteral(ingressPath)};`,
    `set $proxy_upstream_name ${quoteLiteral(backend)};`,
    'set $proxy_alternative_upstream_name "";',
    '',
  ];
}

function printDirectives(directives: LocationDirectives): Conf[] {
  const names = Object.keys(DIRECTIVES) as (keyof LocationDirectives)[];
  return names.flatMap((name) => {
    const value = directives[name];
    return value === undefined ? [] : (DIRECTIVES[name] as Print<unknown>)(value);
  });
}

/** Where the real template has one upstream for all, `upstream_balancer`, and Lua chooses; here each has its own. */
function proxyPass({ backend, directives }: Location, { upstreams }: NginxConfiguration): Conf[] {
  if (directives.return !== undefined || directives.denied !== undefined) return [];
  const known = upstreams.some(({ name }) => name === backend);
  return known ? [`proxy_pass http://${backend};`, 'proxy_redirect off;'] : ['return 503;'];
}
