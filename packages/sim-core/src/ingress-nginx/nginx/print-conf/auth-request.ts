import { authPath } from '../compile-access.ts';
import type { AuthRequest } from '../directives.ts';
import { block, type Conf, pairs, quote } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** Another service says whether the request may go on: `auth_request` with a location of its own (nginx.tmpl). */
export const AUTH_REQUEST: Printer<AuthRequest, LocationContext> = from(
  ['auth-url', 'global-auth-url', 'enable-global-auth'],
  (auth, context) => (asksNobody(context) ? [] : printAuthRequest(auth, context)),
  {
    beside: (auth, context) =>
      asksNobody(context) ? [] : [ask(auth, context), ...(auth.signin === '' ? [] : [signIn(auth, context)])],
    http: ({ signin, cacheKey }) => [
      ...(signin === '' ? [] : ['# lua: escapes it', block("map '' $escaped_request_uri", ['default $request_uri;'])]),
      ...(cacheKey === '' ? [] : [CACHE_PATH]),
    ],
  },
);

const CACHE_PATH =
  'proxy_cache_path nginx-cache-auth levels=1:2 keys_zone=auth_cache:10m max_size=128m inactive=30m use_temp_path=off;';

/** Whether no-auth-locations spares a location. */
export function asksNobody({ location, printing }: LocationContext): boolean {
  return printing.configuration.http.noAuthLocations.some((start) => location.path.startsWith(start));
}

function printAuthRequest(auth: AuthRequest, context: LocationContext): Conf[] {
  const { responseHeaders, signin, alwaysSetCookie } = auth;
  const settings = names('response-headers');
  return [
    `auth_request ${authPath(context.location)};`,
    'auth_request_set $auth_cookie $upstream_http_set_cookie;',
    alwaysSetCookie
      ? { text: 'add_header Set-Cookie $auth_cookie always;', settings: names('always-set-cookie') }
      : 'add_header Set-Cookie $auth_cookie;',
    ...responseHeaders.flatMap((name, index): Conf[] => [
      { text: `auth_request_set $auth_header_${index} $upstream_http_${variable(name)};`, settings },
      { text: `proxy_set_header ${name} $auth_header_${index};`, settings },
    ]),
    ...(signin === '' ? [] : [{ text: `error_page 401 = ${signInName(context)};`, settings: names('signin') }]),
  ];
}

/** The annotation, and the key of the ConfigMap that stands in for it. */
function names(name: string): string[] {
  return [`auth-${name}`, `global-auth-${name}`];
}

function ask(auth: AuthRequest, context: LocationContext): Conf {
  const { url, method, requestRedirect, proxySetHeaders } = auth;
  const redirect = requestRedirect === '' ? '$request_uri' : quote(requestRedirect);
  return block(`location = ${authPath(context.location)}`, [
    'internal;',
    ...cache(auth, context),
    `set $proxy_upstream_name "${context.location.backend}";`,
    'proxy_pass_request_body off;',
    'proxy_set_header Content-Length "";',
    'proxy_set_header X-Forwarded-Proto "";',
    'proxy_set_header X-Request-ID $req_id;',
    ...(method === '' ? [] : [{ text: `proxy_method ${method};`, settings: names('method') }]),
    `proxy_set_header Host ${quote(/^[^:]+:\/\/(\[[^\]]*\]|[^/:?#]*)/.exec(url)?.[1] ?? '')};`,
    'proxy_set_header X-Original-URL $scheme://$http_host$request_uri;',
    'proxy_set_header X-Original-Method $request_method;',
    'proxy_set_header X-Sent-From "nginx-ingress-controller";',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $remote_addr;',
    { text: `proxy_set_header X-Auth-Request-Redirect ${redirect};`, settings: names('request-redirect') },
    ...(method === '' ? [] : ORIGINAL),
    ...pairs(proxySetHeaders).map(([name, value]) => ({
      text: `proxy_set_header ${name} ${quote(value)};`,
      settings: ['auth-proxy-set-headers'],
    })),
    'proxy_ssl_server_name on;',
    'client_max_body_size 0;',
    '# a variable is looked up when it is asked for, a name when nginx starts',
    `set $target ${quote(url)};`,
    'proxy_pass $target;',
  ]);
}

const ORIGINAL: readonly string[] = Object.freeze([
  'proxy_set_header X-Original-URI $request_uri;',
  'proxy_set_header X-Scheme $pass_access_scheme;',
]);

/** What the service said is remembered; the real one hashes the key in Lua. */
function cache({ cacheKey, cacheValid }: AuthRequest, { location, server }: LocationContext): Conf[] {
  if (cacheKey === '') return [];
  const settings = names('cache-key');
  return [
    { text: 'proxy_cache auth_cache;', settings },
    { text: `proxy_cache_key ${quote(`${server.hostname}${authPath(location)}${cacheKey}`)};`, settings },
    ...cacheValid.map((valid) => ({ text: `proxy_cache_valid ${valid};`, settings: names('cache-duration') })),
  ];
}

function signIn({ signin }: AuthRequest, context: LocationContext): Conf {
  const lines = ['internal;', 'add_header Set-Cookie $auth_cookie;', `return 302 ${quote(signin)};`];
  return block(`location ${signInName(context)}`, lines, {
    settings: [...names('signin'), ...names('signin-redirect-param')],
  });
}

function signInName({ location: { source } }: LocationContext): string {
  return `@signin-${source?.namespace}-${source?.ingress}`;
}

function variable(header: string): string {
  return header.toLowerCase().replaceAll('-', '_');
}
