import type { HttpDirectives } from '../directives.ts';
import { block, type Conf, onOff, quote, quoteLiteral } from './conf.ts';

/** Format of the access log (internal/ingress/controller/config/config.go, logFormatUpstream). */
const LOG_FORMAT =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ' +
  '$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr ' +
  '$upstream_response_length $upstream_response_time $upstream_status $req_id';

/** What holds for all servers. */
export function printHttp(http: HttpDirectives): Conf[] {
  return [
    ...base(http),
    '',
    ...realIp(http),
    ...maps(http),
    '',
    'proxy_http_version 1.1;',
    ...proxyHeaders(http),
    '',
    ...answers(http),
    '',
    ...certificates(),
    '',
  ];
}

function base(http: HttpDirectives): Conf[] {
  return [
    'default_type text/html;',
    'server_names_hash_bucket_size 128;',
    'variables_hash_max_size 2048;',
    'server_name_in_redirect off;',
    'port_in_redirect off;',
    `underscores_in_headers ${onOff(http.underscoresInHeaders)};`,
    `ignore_invalid_headers ${onOff(http.ignoreInvalidHeaders)};`,
    '# a literal $, which a value cannot hold otherwise',
    block('geo $literal_dollar', ['default "$";']),
    `log_format upstreaminfo '${LOG_FORMAT}';`,
    http.disableAccessLog ? 'access_log off;' : 'access_log access.log upstreaminfo;',
  ];
}

function realIp(http: HttpDirectives): Conf[] {
  if (!http.useForwardedHeaders) return [];
  return [`real_ip_header ${http.forwardedForHeader};`, 'real_ip_recursive on;', 'set_real_ip_from 0.0.0.0/0;', ''];
}

function maps(http: HttpDirectives): Conf[] {
  const forwarded = (name: string, otherwise: string, variable: string) =>
    http.useForwardedHeaders
      ? block(`map $http_${name} ${variable}`, [`default $http_${name};`, `'' ${otherwise};`])
      : block(`map '' ${variable}`, [`default ${otherwise};`]);
  return [
    block('map $http_upgrade $connection_upgrade', ['default upgrade;', "'' '';"]),
    block('map $http_x_request_id $req_id', [
      'default $http_x_request_id;',
      ...(http.generateRequestId ? ["'' $request_id;"] : []),
    ]),
    block('map $http_host $this_host', ['default $http_host;', "'' $host;"]),
    forwarded('x_forwarded_host', '$this_host', '$best_http_host'),
    forwarded('x_forwarded_proto', '$scheme', '$pass_access_scheme'),
    forwarded('x_forwarded_port', '$server_port', '$pass_port'),
    ...(http.useForwardedHeaders && http.computeFullForwardedFor ? [fullForwardedFor()] : []),
  ];
}

function fullForwardedFor(): Conf {
  return block('map $http_x_forwarded_for $full_x_forwarded_for', [
    'default "$http_x_forwarded_for, $realip_remote_addr";',
    '\'\' "$realip_remote_addr";',
  ]);
}

/** Inherited by every location that sets none of its own. */
export function proxyHeaders(http: HttpDirectives): string[] {
  const full = http.useForwardedHeaders && http.computeFullForwardedFor;
  const set = (name: string, value: string) => `proxy_set_header ${name} ${value};`;
  return [
    set('Host', '$best_http_host'),
    set('Upgrade', '$http_upgrade'),
    set('Connection', '$connection_upgrade'),
    set('X-Request-ID', '$req_id'),
    set('X-Real-IP', '$remote_addr'),
    set('X-Forwarded-For', full ? '$full_x_forwarded_for' : '$remote_addr'),
    set('X-Forwarded-Host', '$best_http_host'),
    set('X-Forwarded-Port', '$pass_port'),
    set('X-Forwarded-Proto', '$pass_access_scheme'),
    set('X-Forwarded-Scheme', '$pass_access_scheme'),
    ...(http.proxyAddOriginalUriHeader ? [set('X-Original-URI', '$request_uri')] : []),
    set('X-Scheme', '$pass_access_scheme'),
    set('X-Original-Forwarded-For', '$http_x_forwarded_for'),
    set('X-Original-Forwarded-Host', '$http_x_forwarded_host'),
    set('Proxy', '""'),
    ...pairs(http.proxySetHeaders).map(([name, value]) => set(name, quote(value))),
  ];
}

function answers(http: HttpDirectives): Conf[] {
  const hsts = `max-age=${http.hstsMaxAge}${http.hstsIncludeSubdomains ? '; includeSubDomains' : ''}${http.hstsPreload ? '; preload' : ''}`;
  return [
    `server_tokens ${onOff(http.serverTokens)};`,
    ...(http.serverTokens ? [] : ['# more_clear_headers Server;']),
    ...(http.allowBackendServerHeader ? ['proxy_pass_header Server;'] : []),
    ...pairs(http.addHeaders).map(([name, value]) => `add_header ${name} ${quoteLiteral(value)};`),
    ...(http.hsts ? [`# lua: on https, Strict-Transport-Security: ${hsts}`] : []),
    `# lua: redirects to https with ${http.httpRedirectCode}, except from ${http.noTlsRedirectLocations.join(', ')}`,
  ];
}

/** Lua serves each host's own certificate. */
function certificates(): Conf[] {
  return [
    'ssl_protocols TLSv1.2 TLSv1.3;',
    'ssl_certificate default-fake-certificate.pem;',
    'ssl_certificate_key default-fake-certificate.pem;',
  ];
}

function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []));
}
