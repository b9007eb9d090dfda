import type { AuthRequest } from '../directives.ts';
import { block, type Conf, quote } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** Another service says whether the request may go on: `auth_request` with a location of its own (nginx.tmpl). */
export const AUTH_REQUEST: Printer<AuthRequest, LocationContext> = from('auth-url', printAuthRequest, {
  beside: (auth, context) => [ask(auth, context), ...(auth.signin === '' ? [] : [signIn(auth, context)])],
  http: ({ signin }) =>
    signin === '' ? [] : ['# lua: escapes it', block("map '' $escaped_request_uri", ['default $request_uri;'])],
});

function printAuthRequest({ responseHeaders, signin }: AuthRequest, context: LocationContext): Conf[] {
  const settings = ['auth-response-headers'];
  return [
    `auth_request ${path(context)};`,
    'auth_request_set $auth_cookie $upstream_http_set_cookie;',
    'add_header Set-Cookie $auth_cookie;',
    ...responseHeaders.flatMap((name, index): Conf[] => [
      { text: `auth_request_set $auth_header_${index} $upstream_http_${variable(name)};`, settings },
      { text: `proxy_set_header ${name} $auth_header_${index};`, settings },
    ]),
    ...(signin === '' ? [] : [{ text: `error_page 401 = ${signInName(context)};`, settings: ['auth-signin'] }]),
  ];
}

function ask({ url, method }: AuthRequest, context: LocationContext): Conf {
  return block(`location = ${path(context)}`, [
    'internal;',
    `set $proxy_upstream_name "${context.location.backend}";`,
    'proxy_pass_request_body off;',
    'proxy_set_header Content-Length "";',
    'proxy_set_header X-Forwarded-Proto "";',
    'proxy_set_header X-Request-ID $req_id;',
    ...(method === '' ? [] : [{ text: `proxy_method ${method};`, settings: ['auth-method'] }]),
    'proxy_set_header X-Original-URL $scheme://$http_host$request_uri;',
    'proxy_set_header X-Original-Method $request_method;',
    'proxy_set_header X-Sent-From "nginx-ingress-controller";',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $remote_addr;',
    'proxy_set_header X-Auth-Request-Redirect $request_uri;',
    'proxy_ssl_server_name on;',
    'client_max_body_size 0;',
    '# a variable is looked up when it is asked for, a name when nginx starts',
    `set $target ${quote(url)};`,
    'proxy_pass $target;',
  ]);
}

function signIn({ signin }: AuthRequest, context: LocationContext): Conf {
  const lines = ['internal;', 'add_header Set-Cookie $auth_cookie;', `return 302 ${quote(signin)};`];
  return block(`location ${signInName(context)}`, lines, { settings: ['auth-signin', 'auth-signin-redirect-param'] });
}

/** The same for all locations of an Ingress, which ask alike. */
function path({ location: { source } }: LocationContext): string {
  return `/_external-auth-${source?.namespace}-${source?.ingress}`;
}

function signInName({ location: { source } }: LocationContext): string {
  return `@signin-${source?.namespace}-${source?.ingress}`;
}

function variable(header: string): string {
  return header.toLowerCase().replaceAll('-', '_');
}
