import { sslClientEscapedCert, sslClientVerify } from './client-verify.ts';
import { NGINX_VERSION } from './error-page.ts';
import { escapeComponent } from './escape.ts';
import type { RequestContext } from './request-context.ts';
import { cookieVariable, httpVariable } from './variables.ts';

type Value = (context: RequestContext) => string;

/** Variables of nginx and of the controller's template that values may name. */
const VALUES: Readonly<Record<string, Value>> = Object.freeze({
  host: ({ host }) => host,
  uri: ({ path }) => path,
  document_uri: ({ path }) => path,
  request_uri: ({ request }) => request.url,
  request_method: ({ request }) => request.method,
  args: ({ args }) => args ?? '',
  query_string: ({ args }) => args ?? '',
  is_args: ({ args }) => (args === undefined || args === '' ? '' : '?'),
  scheme: ({ scheme }) => scheme,
  https: ({ scheme }) => (scheme === 'https' ? 'on' : ''),
  remote_addr: ({ remoteAddr }) => remoteAddr,
  binary_remote_addr: ({ remoteAddr }) => remoteAddr,
  the_real_ip: ({ remoteAddr }) => remoteAddr,
  remote_user: ({ remoteUser }) => remoteUser,
  server_name: ({ server }) => server?.server.hostname ?? '',
  server_port: ({ scheme, running: { http } }) => String(scheme === 'https' ? http.httpsPort : http.httpPort),
  server_protocol: ({ request }) => `HTTP/${request.httpVersion}`,
  content_length: ({ contentLength }) => (contentLength < 0 ? '' : String(contentLength)),
  content_type: ({ request, running }) => httpVariable(request.headers, 'content_type', running.names) ?? '',
  req_id: ({ requestId }) => requestId,
  request_id: ({ requestId }) => requestId,
  pass_access_scheme: ({ accessScheme }) => accessScheme,
  best_http_host: ({ bestHttpHost }) => bestHttpHost,
  pass_port: ({ passPort }) => passPort,
  namespace: ({ location }) => location?.location.source?.namespace ?? '',
  ingress_name: ({ location }) => location?.location.source?.ingress ?? '',
  service_name: ({ location }) => location?.location.source?.service ?? '',
  service_port: ({ location }) => location?.location.source?.port ?? '',
  location_path: ({ location }) => location?.location.ingressPath ?? '',
  proxy_upstream_name: ({ location }) => location?.location.backend ?? '',
  ssl_client_verify: sslClientVerify,
  ssl_client_s_dn: ({ request }) => request.clientCertificate?.subject ?? '',
  ssl_client_i_dn: ({ request }) => request.clientCertificate?.issuer ?? '',
  ssl_client_serial: ({ request }) => request.clientCertificate?.serial ?? '',
  ssl_client_fingerprint: ({ request }) => request.clientCertificate?.fingerprint ?? '',
  ssl_client_escaped_cert: sslClientEscapedCert,
  document_root: () => DOCUMENT_ROOT,
  nginx_version: () => NGINX_VERSION.slice('nginx/'.length),
  // The client's port is not known here.
  remote_port: () => '',
  server_addr: ({ running }) => running.podIp,
  fastcgi_script_name: scriptName,
  fastcgi_path_info: () => '',
  escaped_request_uri: ({ request }) => escapeComponent(request.url),
});

/** `root html` under the prefix that the controller's nginx is built with. */
const DOCUMENT_ROOT = '/usr/local/nginx/html';

/** The path that a pod is asked for, with fastcgi_index where it ends with a slash (ngx_http_fastcgi_module.c). */
function scriptName({ path, rewritten, location }: RequestContext): string {
  const asked = rewritten ?? path;
  return asked.endsWith('/') ? asked + (location?.location.directives.fastcgiIndex ?? '') : asked;
}

/** How to work a variable out, whatever the case of its name; undefined for one that nobody knows. */
export function variableOf(written: string): Value | undefined {
  const name = written.toLowerCase();
  if (name.startsWith('http_')) {
    const header = name.slice('http_'.length);
    return ({ request, running }) => httpVariable(request.headers, header, running.names) ?? '';
  }
  if (name.startsWith('cookie_')) {
    const cookie = name.slice('cookie_'.length);
    return ({ request }) => cookieVariable(request.headers, cookie) ?? '';
  }
  if (name.startsWith('arg_')) return ({ args }) => argument(args ?? '', name.slice('arg_'.length));
  return Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
}

/** `$arg_name`: names without regard to case (ngx_http_arg). */
function argument(args: string, name: string): string {
  const wanted = `${name.toLowerCase()}=`;
  const found = args.split('&').find((pair) => pair.toLowerCase().startsWith(wanted));
  return found === undefined ? '' : found.slice(wanted.length);
}
