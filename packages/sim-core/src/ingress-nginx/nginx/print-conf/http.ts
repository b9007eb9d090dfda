import type { HttpDirectives } from '../directives.ts';
import { certificateMap, printDefaultCertificate } from './certificates.ts';
import { block, type Conf, comment, onOff, pairs, quote, seconds } from './conf.ts';
import { from, type Printers, printDirectives } from './printer.ts';
import type { Printing } from './printing.ts';

/** How each directive of `http` is printed. */
export const HTTP: Printers<HttpDirectives, Printing> = Object.freeze<Printers<HttpDirectives, Printing>>({
  underscoresInHeaders: from('enable-underscores-in-headers', (on) => [`underscores_in_headers ${onOff(on)};`]),
  ignoreInvalidHeaders: from('ignore-invalid-headers', (on) => [`ignore_invalid_headers ${onOff(on)};`]),
  clientHeaderBufferSize: from('client-header-buffer-size', (size) => [`client_header_buffer_size ${size};`]),
  largeClientHeaderBuffers: from('large-client-header-buffers', ({ number, size }) => [
    `large_client_header_buffers ${number} ${size};`,
  ]),
  keepAlive: from('keep-alive', (seconds) => [`keepalive_timeout ${seconds}s;`]),
  http2: 'server.listen',
  keepAliveRequests: from('keep-alive-requests', (number) => [`keepalive_requests ${number};`]),
  clientBodyTimeout: from('client-body-timeout', (value) => [`client_body_timeout ${seconds(value)};`]),
  httpPort: 'server.listen',
  httpsPort: 'server.listen',
  defaultServerPort: 'server.listen',
  healthCheckPath: 'server.location',
  logFormat: from(
    ['log-format-upstream', 'log-format-escape-json', 'log-format-escape-none'],
    ({ text, escape: style }) => [
      `log_format upstreaminfo ${style === 'default' ? '' : `escape=${style} `}${quote(text)};`,
    ],
  ),
  skipAccessLogUrls: from('skip-access-log-urls', (uris) =>
    uris.length === 0 ? [] : [block('map $request_uri $loggable', [...uris.map((uri) => `${uri} 0;`), 'default 1;'])],
  ),
  disableAccessLog: from(['disable-access-log', 'disable-http-access-log'], (off, { configuration }) => [
    off
      ? 'access_log off;'
      : `access_log access.log upstreaminfo${isSkipping(configuration.http) ? ' if=$loggable' : ''};`,
  ]),
  accessLogForDefaultBackend: from('enable-access-log-for-default-backend', (on) => [
    `# the log has ${on ? 'the' : 'no'} requests that no rule fits`,
  ]),
  useForwardedHeaders: from('use-forwarded-headers', (trusted, { configuration }) => [
    ...(trusted ? realIp(configuration.http) : []),
    forwarded(trusted, 'x_forwarded_host', '$this_host', '$best_http_host', ['"~^ *([^,]*?) *," $1;']),
    forwarded(trusted, 'x_forwarded_proto', '$scheme', '$pass_access_scheme'),
    forwarded(trusted, 'x_forwarded_port', '$listen_port', '$pass_port'),
  ]),
  enableRealIp: from('enable-real-ip', (on, { configuration: { http } }) =>
    !on ? [] : http.useForwardedHeaders ? ['# enable-real-ip: so it is, with use-forwarded-headers'] : realIp(http),
  ),
  proxyRealIpCidr: 'useForwardedHeaders',
  forwardedForHeader: from('forwarded-for-header', (header) => [
    setHeader('X-Original-Forwarded-For', `$http_${header.toLowerCase().replaceAll('-', '_')}`),
  ]),
  computeFullForwardedFor: from('compute-full-forwarded-for', (full, { configuration }) => {
    const isFull = full && configuration.http.useForwardedHeaders;
    return [
      ...(isFull ? [FULL_FORWARDED_FOR] : []),
      setHeader('X-Forwarded-For', isFull ? '$full_x_forwarded_for' : '$remote_addr'),
    ];
  }),
  generateRequestId: from('generate-request-id', (own) => [
    block('map $http_x_request_id $req_id', ['default $http_x_request_id;', ...(own ? ["'' $request_id;"] : [])]),
  ]),
  proxyAddOriginalUriHeader: from('proxy-add-original-uri-header', (on) =>
    on ? [setHeader('X-Original-URI', '$request_uri')] : [],
  ),
  proxySetHeaders: from('proxy-set-headers', (flat) =>
    pairs(flat).map(([name, value]) => setHeader(name, quote(value))),
  ),
  serverTokens: from('server-tokens', (on) => [
    `server_tokens ${onOff(on)};`,
    ...(on ? [] : ['# more_clear_headers Server;']),
  ]),
  allowBackendServerHeader: from('allow-backend-server-header', (on) => (on ? ['proxy_pass_header Server;'] : [])),
  hideHeaders: from('hide-headers', (names) => names.map((name) => `proxy_hide_header ${name};`)),
  upstreamKeepaliveConnections: from('upstream-keepalive-connections', (number) => [
    block('map $http_upgrade $connection_upgrade', ['default upgrade;', `'' ${number > 0 ? "''" : 'close'};`]),
  ]),
  retryNonIdempotent: 'location.proxyNextUpstream',
  limitConnZoneVariable: 'location.limitReq',
  blockCidrs: from('block-cidrs', (cidrs) => cidrs.map((cidr) => `deny ${cidr};`)),
  blockUserAgents: from('block-user-agents', (entries) => blocked('$http_user_agent', '$block_ua', entries)),
  blockReferers: from('block-referers', (entries) => blocked('$http_referer', '$block_ref', entries)),
  addHeaders: from('add-headers', (flat) =>
    pairs(flat).flatMap(([name, value]) => [
      `proxy_hide_header ${name};`,
      ...(value === '' ? [] : [`add_header ${name} ${quote(value)} always;`]),
    ]),
  ),
  hsts: from(['hsts', 'hsts-max-age', 'hsts-include-subdomains', 'hsts-preload'], (on, { configuration }) =>
    on ? hsts(configuration.http) : [],
  ),
  hstsMaxAge: 'hsts',
  hstsIncludeSubdomains: 'hsts',
  hstsPreload: 'hsts',
  httpRedirectCode: 'location.sslRedirect',
  noTlsRedirectLocations: 'location.sslRedirect',
  noAuthLocations: from('no-auth-locations', (paths) => [
    comment(`no password and no service is asked for below ${paths.join(', ')}`),
  ]),
  sslCiphers: from('ssl-ciphers', (ciphers) => [`ssl_ciphers ${quote(ciphers)};`]),
  sslPreferServerCiphers: from('ssl-prefer-server-ciphers', (on) => [`ssl_prefer_server_ciphers ${onOff(on)};`]),
  limitReqStatusCode: from('limit-req-status-code', (code) => [`limit_req_status ${code};`]),
  limitConnStatusCode: from('limit-conn-status-code', (code) => [`limit_conn_status ${code};`]),
});

/** What holds for all servers. */
export function printHttp(printing: Printing): Conf[] {
  const { configuration } = printing;
  return [
    ...base(longestName(printing)),
    portMap(printing),
    ...MAPS,
    '',
    ...printDirectives(HTTP, configuration.http, printing),
    '',
    ...PROXY_HEADERS,
    '',
    'ssl_protocols TLSv1.2 TLSv1.3;',
    ...printDefaultCertificate(printing),
    certificateMap(printing.certificates),
    block('map "$pass_access_scheme:$has_certificate" $redirect_to_https', ['default 0;', '"http:1" 1;']),
    '',
  ];
}

function base(longest: number): Conf[] {
  return [
    'default_type text/html;',
    `server_names_hash_bucket_size ${bucket(longest)};`,
    `map_hash_bucket_size ${bucket(longest)};`,
    'variables_hash_max_size 2048;',
    'variables_hash_bucket_size 256;',
    'proxy_headers_hash_max_size 2048;',
    'server_name_in_redirect off;',
    'port_in_redirect off;',
    'uninitialized_variable_warn off;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name}_temp;`),
    '# a literal $, which a value cannot hold otherwise',
    block('geo $literal_dollar', ['default "$";']),
  ];
}

/** Name and pointer must fit into a bucket; nginx counts in powers of two (template.go, nginxHashBucketSize). */
function bucket(longest: number): number {
  return Math.max(128, 2 ** Math.ceil(Math.log2(longest + 32)));
}

function longestName({ configuration }: Printing): number {
  const names = configuration.servers.flatMap(({ hostname, directives }) => [hostname, ...directives.serverAlias]);
  return Math.max(...names.map((name) => new TextEncoder().encode(name).length));
}

const MAPS: readonly Conf[] = Object.freeze([
  block('map $http_host $this_host', ['default $http_host;', "'' $host;"]),
  '# lua: redirects name the host without its port, and leave the last slash out',
  block('map $best_http_host $redirect_host', ['default $best_http_host;', '"~^([^:]*):" $1;']),
  block('map $request_uri $redirect_uri', ['default $request_uri;', '"~^(.*)/$" $1;']),
]);

/** What pods are told of the port: https is always 443, whatever its own is (lua_ingress.lua, rewrite). */
function portMap({ configuration, ports }: Printing): Conf {
  const { httpPort } = configuration.http;
  const http = ports.http === httpPort ? [] : [`${ports.http} ${httpPort};`];
  const https = ports.https === 443 ? [] : [`${ports.https} 443;`];
  return block('map $server_port $listen_port', ['default $server_port;', ...http, ...https]);
}

function realIp({ forwardedForHeader, proxyRealIpCidr }: HttpDirectives): Conf[] {
  const settings = ['forwarded-for-header'];
  return [
    { text: `real_ip_header ${forwardedForHeader};`, settings },
    'real_ip_recursive on;',
    ...proxyRealIpCidr.map((cidr) => ({ text: `set_real_ip_from ${cidr};`, settings: ['proxy-real-ip-cidr'] })),
  ];
}

/** @param more further lines where the header is trusted */
function forwarded(
  trusted: boolean,
  header: string,
  otherwise: string,
  variable: string,
  more: readonly string[] = [],
): Conf {
  return trusted
    ? block(`map $http_${header} ${variable}`, [`default $http_${header};`, `'' ${otherwise};`, ...more])
    : block(`map '' ${variable}`, [`default ${otherwise};`]);
}

function isSkipping({ skipAccessLogUrls }: HttpDirectives): boolean {
  return skipAccessLogUrls.length > 0;
}

/** Asked in every server. */
function blocked(variable: string, name: string, entries: readonly string[]): Conf[] {
  return entries.length === 0
    ? []
    : [block(`map ${variable} ${name}`, ['default 0;', ...entries.map((each) => `${each} 1;`)])];
}

const FULL_FORWARDED_FOR: Conf = Object.freeze(
  block('map $http_x_forwarded_for $full_x_forwarded_for', [
    'default "$http_x_forwarded_for, $realip_remote_addr";',
    '\'\' "$realip_remote_addr";',
  ]),
);

function setHeader(name: string, value: string): string {
  return `proxy_set_header ${name} ${value};`;
}

/** Inherited by every location that sets none of its own. */
const PROXY_HEADERS: readonly string[] = Object.freeze([
  setHeader('Host', '$best_http_host'),
  setHeader('Upgrade', '$http_upgrade'),
  setHeader('Connection', '$connection_upgrade'),
  setHeader('X-Request-ID', '$req_id'),
  setHeader('X-Real-IP', '$remote_addr'),
  setHeader('X-Forwarded-Host', '$best_http_host'),
  setHeader('X-Forwarded-Port', '$pass_port'),
  setHeader('X-Forwarded-Proto', '$pass_access_scheme'),
  setHeader('X-Forwarded-Scheme', '$pass_access_scheme'),
  setHeader('X-Scheme', '$pass_access_scheme'),
  setHeader('X-Original-Forwarded-Host', '$http_x_forwarded_host'),
  setHeader('Proxy', '""'),
]);

/** On https in place of what a pod says of it; on http the pod's own passes. */
function hsts({ hstsMaxAge, hstsIncludeSubdomains, hstsPreload }: HttpDirectives): Conf[] {
  const value = `max-age=${hstsMaxAge}${hstsIncludeSubdomains ? '; includeSubDomains' : ''}${hstsPreload ? '; preload' : ''}`;
  return [
    block('map $scheme $hsts', ['default $upstream_http_strict_transport_security;', `https "${value}";`]),
    'proxy_hide_header Strict-Transport-Security;',
    'add_header Strict-Transport-Security $hsts always;',
  ];
}
