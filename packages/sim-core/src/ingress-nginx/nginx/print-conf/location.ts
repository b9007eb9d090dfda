import type { Location, NginxConfiguration } from '../configuration.ts';
import type { Cors, LocationDirectives } from '../directives.ts';
import { type Block, block, type Conf, comment, quote, quoteLiteral, seconds, size } from './conf.ts';
import { proxyHeaders } from './http.ts';

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
    deny: (list) => list.map((network) => `deny ${network};`),
    allow: (list) => (list.length === 0 ? [] : [...list.map((network) => `allow ${network};`), 'deny all;']),
    satisfy: (value) => (value === 'all' ? [] : ['satisfy any;']),
    authBasic: ({ realm, users }) => [
      `auth_basic ${quoteLiteral(realm)};`,
      comment(`auth_basic_user_file: ${users.length} lines, in the Secret`),
      'proxy_set_header Authorization "";',
    ],
    authRequest: ({ url, method, responseHeaders, signin }) => [
      comment(`auth_request: ${method || 'GET'} ${url}`),
      ...(responseHeaders.length === 0 ? [] : [comment(`auth_request: passes on ${responseHeaders.join(', ')}`)]),
      ...(signin === '' ? [] : [comment(`error_page 401: 302 ${signin}`)]),
    ],
    limitReq: (limits) => limits.map(({ zone, burst }) => `limit_req zone=${zone} burst=${burst} nodelay;`),
    limitConn: ({ zone, connections }) => [`limit_conn ${zone} ${connections};`],
    limitAllowlist: (list) => (list.length === 0 ? [] : [comment(`no limit for ${list.join(', ')}`)]),
    backendProtocol: () => [],
    upstreamVhost: (host) => (host === '' ? [] : [`proxy_set_header Host ${quote(host)};`]),
    connectionHeader: (value) => (value === '' ? [] : [`proxy_set_header Connection ${value};`]),
    xForwardedPrefix: (prefix) => [`proxy_set_header X-Forwarded-Prefix ${quoteLiteral(prefix)};`],
    cors: printCors,
    customHeaders: (flat) => pairs(flat).map(([name, value]) => comment(`more_set_headers "${name}: ${value}"`)),
    customHttpErrors: (codes) => codes.map((code) => comment(`error_page ${code}: the error backend answers`)),
    interceptErrors: (value) => (value ? ['proxy_intercept_errors on;'] : []),
    errorBackend: () => [],
    mirror: ({ target }) => [comment(`mirror: a copy goes to ${target}`)],
    return: ({ status, url }) => [`return ${status}${url === undefined ? '' : ` ${quote(url)}`};`],
    denied: (reason) => [comment(`Location denied. Reason: ${reason}`), 'return 503;'],
    rewrite: ({ regex, replacement }) => [
      `rewrite ${quote(`(?i)${regex.replace(/^\(\?i\)/, '')}`)} ${quote(replacement)} break;`,
    ],
  } satisfies { [K in keyof LocationDirectives]-?: Print<NonNullable<LocationDirectives[K]>> });

/** `location … { }` */
export function printLocation(location: Location, configuration: NginxConfiguration): Block {
  return block(`location ${matcher(location)}`, [
    ...variables(location),
    ...withProxyHeaders(printDirectives(location.directives), configuration),
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

/** One header of its own, and a location inherits none of the others (ngx_http_proxy_module, proxy_set_header). */
function withProxyHeaders(lines: readonly Conf[], { http }: NginxConfiguration): Conf[] {
  const own = new Set(lines.flatMap((line) => headerOf(line) ?? []));
  if (own.size === 0) return [...lines];
  return [...lines, ...proxyHeaders(http).filter((line) => !own.has(headerOf(line) ?? ''))];
}

function headerOf(line: Conf): string | undefined {
  return typeof line === 'string' ? /^proxy_set_header (\S+)/.exec(line)?.[1] : undefined;
}

function printDirectives(directives: LocationDirectives): Conf[] {
  const names = Object.keys(DIRECTIVES) as (keyof LocationDirectives)[];
  return names.flatMap((name) => {
    const value = directives[name];
    return value === undefined ? [] : (DIRECTIVES[name] as Print<unknown>)(value);
  });
}

/** Where the real template has `more_set_headers`, stock nginx has `add_header`, which answers of 400 and above do not get. */
function printCors({ allowOrigin, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge }: Cors): Conf[] {
  const origins = allowOrigin.map((origin) => origin.replace(/[.]/g, '\\.').replace('*', '[A-Za-z0-9-]+')).join('|');
  const isAny = allowOrigin.length === 1 && allowOrigin[0] === '*';
  const add = (name: string, value: string) => `add_header Access-Control-${name} ${quoteLiteral(value)} always;`;
  return [
    comment(isAny ? 'lua: CORS for every origin' : `lua: CORS where the Origin ends in ${origins}`),
    isAny ? add('Allow-Origin', '*') : 'add_header Access-Control-Allow-Origin $http_origin always;',
    ...(allowCredentials ? [add('Allow-Credentials', 'true')] : []),
    add('Allow-Methods', allowMethods),
    add('Allow-Headers', allowHeaders),
    ...(exposeHeaders === '' ? [] : [add('Expose-Headers', exposeHeaders)]),
    add('Max-Age', String(maxAge)),
    block("if ($request_method = 'OPTIONS')", ['return 204;']),
  ];
}

function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []));
}

/** Where the real template has one upstream for all, `upstream_balancer`, and Lua chooses; here each has its own. */
function proxyPass({ backend, directives }: Location, { upstreams }: NginxConfiguration): Conf[] {
  if (directives.denied !== undefined || backend === '') return [];
  const known = upstreams.some(({ name }) => name === backend);
  if (!known) return ['return 503;'];
  const { backendProtocol } = directives;
  if (backendProtocol === 'FCGI') return [`fastcgi_pass ${backend};`];
  if (backendProtocol.startsWith('GRPC')) return [`grpc_pass ${backendProtocol.toLowerCase()}://${backend};`];
  const scheme = backendProtocol === 'AUTO_HTTP' ? '$scheme' : backendProtocol.toLowerCase();
  return [`proxy_pass ${scheme}://${backend};`, 'proxy_redirect off;'];
}
