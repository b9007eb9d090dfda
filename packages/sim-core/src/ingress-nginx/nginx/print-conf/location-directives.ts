import type { LocationDirectives } from '../directives.ts';
import { AUTH_REQUEST, asksNobody } from './auth-request.ts';
import { comment, onOff, pairs, quote, quoteLiteral, seconds, size } from './conf.ts';
import { CORS } from './cors.ts';
import { CUSTOM_HTTP_ERRORS } from './error-pages.ts';
import { httpsRedirect, redirects } from './https-redirect.ts';
import { LIMIT_ALLOWLIST, LIMIT_CONN, LIMIT_REQ } from './limits.ts';
import { MIRROR } from './mirror.ts';
import { from, type Printers } from './printer.ts';
import type { LocationContext } from './printing.ts';
import { proxyPass, unavailable } from './proxy-pass.ts';
import { certificateLines, nameLines, trustLines } from './proxy-ssl.ts';
import { PROXYING } from './proxying.ts';

/** How each directive of a location is printed, in the order in which they are; what Lua does as a comment. */
export const LOCATION: Printers<LocationDirectives, LocationContext> = Object.freeze<
  Printers<LocationDirectives, LocationContext>
>({
  denied: from([], (reason) => {
    const settings = [/^[\w./-]+\/([\w-]+):/.exec(reason)?.[1] ?? ''];
    return [
      { text: comment(`Location denied. Reason: ${reason}`), settings },
      { text: 'return 503;', settings },
    ];
  }),
  cors: CORS,
  return: from(
    ['permanent-redirect', 'permanent-redirect-code', 'temporal-redirect', 'temporal-redirect-code'],
    ({ status, url }) => [`return ${status}${url === undefined ? '' : ` ${quoteLiteral(url)}`};`],
  ),
  sslRedirect: from([], (_on, context) =>
    redirects(context) ? [] : [...httpsRedirect(context), ...unavailable(context)],
  ),
  forceSslRedirect: 'sslRedirect',
  preserveTrailingSlash: 'sslRedirect',
  rewrite: from('rewrite-target', ({ regex, replacement }, context) => [
    `rewrite ${quote(`(?i)${regex.replace(/^\(\?i\)/, '')}`)} ${quote(replacement)} break;`,
    ...(redirects(context) ? [...httpsRedirect(context), ...unavailable(context)] : []),
  ]),
  accessLog: from('enable-access-log', (on) => (on ? [] : ['access_log off;'])),
  satisfy: from('satisfy', (value) => (value === 'all' ? [] : [`satisfy ${value};`])),
  deny: from('denylist-source-range', (list) => list.map((network) => `deny ${network};`)),
  allow: from(['allowlist-source-range', 'whitelist-source-range'], (list) =>
    list.length === 0 ? [] : [...list.map((network) => `allow ${network};`), 'deny all;'],
  ),
  authBasic: from('auth-type', ({ type, realm, users }, context) => {
    if (asksNobody(context)) return [];
    const { source } = context.location;
    const path = `auth/${source?.namespace}/${source?.ingress}.htpasswd`;
    // nginx has no digest authentication of its own: it comes as a module.
    const directive = type === 'digest' ? '# module: auth_digest' : 'auth_basic';
    const file = { path, content: users.map((line) => `${line}\n`).join(''), isSecret: false };
    return [
      { text: `${directive} ${quoteLiteral(realm)};`, settings: ['auth-realm', 'auth-type'] },
      { text: `${directive}_user_file ${path};`, settings: ['auth-secret', 'auth-secret-type'], file },
      'proxy_set_header Authorization "";',
    ];
  }),
  authRequest: AUTH_REQUEST,
  limitReq: LIMIT_REQ,
  limitConn: LIMIT_CONN,
  limitAllowlist: LIMIT_ALLOWLIST,
  clientMaxBodySize: from('proxy-body-size', (value) => [`client_max_body_size ${size(value)};`]),
  proxyConnectTimeout: from('proxy-connect-timeout', (value) => [`proxy_connect_timeout ${seconds(value)};`]),
  proxySendTimeout: from('proxy-send-timeout', (value) => [`proxy_send_timeout ${seconds(value)};`]),
  proxyReadTimeout: from('proxy-read-timeout', (value) => [`proxy_read_timeout ${seconds(value)};`]),
  proxyNextUpstream: from(
    ['proxy-next-upstream', 'retry-non-idempotent'],
    ({ text, nonIdempotent }, { printing: { configuration } }) => [
      `proxy_next_upstream ${text}${configuration.http.retryNonIdempotent && !nonIdempotent ? ' non_idempotent' : ''};`,
    ],
  ),
  proxyNextUpstreamTimeout: from('proxy-next-upstream-timeout', (value) => [
    `proxy_next_upstream_timeout ${seconds(value)};`,
  ]),
  proxyNextUpstreamTries: from('proxy-next-upstream-tries', (value) => [`proxy_next_upstream_tries ${value};`]),
  ...PROXYING,
  upstreamVhost: from('upstream-vhost', (host) => (host === '' ? [] : [`proxy_set_header Host ${quote(host)};`])),
  connectionHeader: from('connection-proxy-header', (value) =>
    value === '' ? [] : [`proxy_set_header Connection ${value};`],
  ),
  xForwardedPrefix: from('x-forwarded-prefix', (prefix) => [
    `proxy_set_header X-Forwarded-Prefix ${quoteLiteral(prefix)};`,
  ]),
  customHeaders: from('custom-headers', (flat) =>
    pairs(flat).flatMap(([name, value]) => [
      `proxy_hide_header ${name};`,
      ...(value === '' ? [] : [`add_header ${name} ${quoteLiteral(value)} always;`]),
    ]),
  ),
  interceptErrors: from(['custom-http-errors', 'disable-proxy-intercept-errors'], (on) => [
    `proxy_intercept_errors ${onOff(on)};`,
  ]),
  customHttpErrors: CUSTOM_HTTP_ERRORS,
  errorBackend: 'customHttpErrors',
  mirror: MIRROR,
  proxySsl: from('proxy-ssl-secret', (ssl) => [...trustLines(ssl), ...nameLines(ssl), ...certificateLines(ssl)]),
  fastcgiIndex: 'backendProtocol',
  fastcgiParams: 'backendProtocol',
  proxyRedirectFrom: 'backendProtocol',
  proxyRedirectTo: 'backendProtocol',
  backendProtocol: from('backend-protocol', (_protocol, context) => proxyPass(context)),
});
