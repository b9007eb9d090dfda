import { rewriteHeader } from '../answer-rewrites.ts';
import { pushHeaders } from '../compiled-headers.ts';
import { NGINX_VERSION } from '../error-page.ts';
import type { RequestContext } from '../request-context.ts';

/** A pod's headers as the client gets them. */
export function filterHeaders(context: RequestContext, headers: readonly string[]): string[] {
  const { http, responseNames, addedHeaderNames, compiledHttp } = context.running;
  const { hidden } = compiledHttp;
  const filtered: string[] = [];
  const hsts = context.scheme === 'https' && http.hsts;
  const custom = context.location?.customHeaderNames;
  const rewrites = context.location?.answerRewrites;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const lower = responseNames.of(name).lower;
    if (hidden.has(lower)) continue;
    if (hsts && lower === 'strict-transport-security') continue;
    if (context.corsHeaders !== undefined && CORS.has(lower)) continue;
    if (custom !== undefined && custom.size > 0 && custom.has(lower)) continue;
    if (addedHeaderNames.size > 0 && addedHeaderNames.has(lower)) continue;
    const value = headers[i + 1] as string;
    filtered.push(name, rewrites === undefined ? value : rewriteHeader(context, rewrites, lower, value));
  }
  addHeaders(context, filtered, context.status);
  return filtered;
}

/** What CORS sets, in place of what the pod says of it. */
const CORS: ReadonlySet<string> = new Set([
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'access-control-max-age',
]);

function pushAll(headers: string[], more: readonly string[]): void {
  for (let i = 0; i < more.length; i++) headers.push(more[i] as string);
}

/** Appends what the proxy itself adds to every answer. */
export function addHeaders(context: RequestContext, headers: string[], status: number): void {
  const { http, traceHeader, addedHeaders } = context.running;
  if (isLast(context)) headers.push('Connection', 'close');
  if (http.serverTokens) headers.push('Server', NGINX_VERSION);
  if (context.scheme === 'https' && http.hsts) headers.push('Strict-Transport-Security', hstsValue(context));
  if (addedHeaders.length > 0) pushHeaders(headers, addedHeaders, context);
  if (context.corsHeaders !== undefined) pushAll(headers, context.corsHeaders);
  const custom = context.location?.customHeaders;
  if (custom !== undefined && custom.length > 0) pushAll(headers, custom);
  if (context.setCookie !== undefined) headers.push('Set-Cookie', context.setCookie);
  if (context.authenticationInfo !== undefined) headers.push('Authentication-Info', context.authenticationInfo);
  if (context.authCookie !== undefined && takesCookie(context, status)) headers.push('Set-Cookie', context.authCookie);
  if (traceHeader) headers.push('X-Sandbox-Request', String(context.id));
}

/** Statuses of answers that `add_header` without `always` adds to (ngx_http_headers_filter_module). */
const ADDED_TO: ReadonlySet<number> = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** The cookie of the auth service. */
function takesCookie({ location }: RequestContext, status: number): boolean {
  return ADDED_TO.has(status) || location?.authRequest?.alwaysSetCookie === true;
}

/** Whether the connection has brought as many requests as it may, or is not kept at all (ngx_http_update_location_config). */
export function isLast({ request, running: { http } }: RequestContext): boolean {
  return http.keepAlive === 0 || (request.ordinal ?? 1) >= http.keepAliveRequests;
}

/**
 * On every https answer, with the fake certificate too: the real code tests a function instead of calling it
 * (rootfs/etc/nginx/lua/lua_ingress.lua, header).
 */
function hstsValue({ running: { http } }: RequestContext): string {
  const subdomains = http.hstsIncludeSubdomains ? '; includeSubDomains' : '';
  return `max-age=${http.hstsMaxAge}${subdomains}${http.hstsPreload ? '; preload' : ''}`;
}
