import { pushClientHeaders } from './client-verify.ts';
import type { CompiledLocation } from './compile.ts';
import { pushHeaders } from './compiled-headers.ts';
import { CUSTOM_DEFAULT_BACKEND } from './configuration.ts';
import { HEADER_CONTENT_LENGTH, HEADER_HOST, HEADER_INVALID, HEADER_TRANSFER_ENCODING } from './header-names.ts';
import { forwardedHeader } from './real-ip.ts';
import type { RequestContext } from './request-context.ts';
import type { PassedHeaders } from './request-memo.ts';
import { traceParent } from './trace-parent.ts';
import { httpVariable } from './variables.ts';

/** Headers of the request that a pod gets. Where the client's head is known they are too, but for the request's id. */
export function proxyHeaders(context: RequestContext): string[] {
  if (context.errorCode !== 0) return errorPageHeaders(context);
  const { memo } = context.request;
  if (memo === undefined) return templateHeaders(context);
  const location = context.location as CompiledLocation;
  const known = memo.passedTo(location);
  if (known !== undefined) return withOwnId(context, known);
  const headers = templateHeaders(context);
  if (sameEveryTime(context, location)) memo.keepPassed({ location, headers: [...headers], idAt: idPlace(headers) });
  return headers;
}

function withOwnId(context: RequestContext, { headers, idAt }: PassedHeaders): string[] {
  const own = headers.slice();
  if (idAt > 0) own[idAt] = requestId(context);
  return own;
}

/** Where nothing among the headers depends on more than the head, the location and the configuration. */
function sameEveryTime({ running, authHeaders }: RequestContext, location: CompiledLocation): boolean {
  const { upstreamVhost, clientHeaders, trusts } = location;
  const isFixed = upstreamVhost === undefined && clientHeaders === 'no' && trusts === undefined;
  return isFixed && authHeaders === undefined && running.setHeaders.length === 0;
}

/** Place of the request's id; 0 where nobody gets one. */
function idPlace(headers: readonly string[]): number {
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === 'X-Request-ID') return i + 1;
  return 0;
}

/**
 * What the template sets, then what is left of the client's own. Names that nginx takes for invalid are dropped, with
 * underscores among them (rootfs/etc/nginx/template/nginx.tmpl, proxy_set_header).
 */
function templateHeaders(context: RequestContext): string[] {
  const { http, setHeaders } = context.running;
  const location = context.location as CompiledLocation;
  const scheme = context.accessScheme;
  const host = context.bestHttpHost;
  const headers = ['Host', location.upstreamVhost === undefined ? host : location.upstreamVhost(context)];
  if (location.clientHeaders !== 'no') pushClientHeaders(context, headers, location.clientHeaders === 'certificate');
  const { connectionHeader, xForwardedPrefix } = location.location.directives;
  if (context.upgrade !== '') headers.push('Upgrade', context.upgrade);
  if (connectionHeader !== '') headers.push('Connection', connectionHeader);
  else if (context.upgrade !== '') headers.push('Connection', 'upgrade');
  else if (http.upstreamKeepaliveConnections <= 0) headers.push('Connection', 'close');
  const id = requestId(context);
  if (id !== '') headers.push('X-Request-ID', id);
  headers.push('X-Real-IP', context.remoteAddr, 'X-Forwarded-For', forwardedFor(context), 'X-Forwarded-Host', host);
  headers.push('X-Forwarded-Port', context.passPort, 'X-Forwarded-Proto', scheme, 'X-Forwarded-Scheme', scheme);
  if (http.proxyAddOriginalUriHeader) headers.push('X-Original-URI', context.request.url);
  headers.push('X-Scheme', scheme);
  const original = forwardedHeader(context);
  if (original !== '') headers.push('X-Original-Forwarded-For', original);
  if (context.forwardedHost !== '') headers.push('X-Original-Forwarded-Host', context.forwardedHost);
  if (setHeaders.length > 0) pushHeaders(headers, setHeaders, context);
  if (xForwardedPrefix !== undefined) headers.push('X-Forwarded-Prefix', xForwardedPrefix);
  if (context.authHeaders !== undefined) pushFilled(headers, context.authHeaders);
  if (location.trusts !== undefined) headers.push('traceparent', traceParent(context, location.trusts));
  passOn(context, headers, location.replacedHeaders);
  if (location.location.backend.startsWith(CUSTOM_DEFAULT_BACKEND)) pushFilled(headers, errorHeaders(context, 503));
  return headers;
}

/**
 * What an error backend gets: it is asked from a location of its own, which sets nothing else, so that all that the client
 * says of itself gets through (nginx.tmpl, CUSTOM_ERRORS).
 */
function errorPageHeaders(context: RequestContext): string[] {
  const { names } = context.running;
  const host = context.bestHttpHost === '' ? context.httpHost : context.bestHttpHost;
  const headers = ['Host', host, 'Connection', 'close'];
  pushFilled(headers, errorHeaders(context, context.errorCode));
  pushFilled(headers, ['X-Original-URI', context.request.url, 'X-Request-ID', requestId(context)]);
  const original = context.request.headers;
  for (let i = 0; i < original.length; i += 2) {
    const { code, lower } = names.of(original[i] as string);
    if (code === HEADER_INVALID || ERROR_PAGE.has(lower)) continue;
    if ((code === HEADER_TRANSFER_ENCODING || code === HEADER_CONTENT_LENGTH) && context.bufferedBody !== undefined)
      continue;
    headers.push(original[i] as string, original[i + 1] as string);
  }
  if (context.bufferedBody !== undefined) headers.push('Content-Length', String(context.contentLength));
  return headers;
}

/** Set for an error backend, or never passed on (ngx_http_proxy_module, ngx_http_proxy_headers). */
const ERROR_PAGE: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'keep-alive', 'expect', 'te', 'upgrade'],
  ...['x-code', 'x-format', 'x-original-uri', 'x-request-id'],
  ...['x-namespace', 'x-ingress-name', 'x-service-name', 'x-service-port'],
]);

/** Appends the client's headers that nothing replaces. */
function passOn(context: RequestContext, headers: string[], replaced: ReadonlySet<string>): void {
  const { names } = context.running;
  const original = context.request.headers;
  for (let i = 0; i < original.length; i += 2) {
    const name = original[i] as string;
    const { code, lower } = names.of(name);
    if (code === HEADER_INVALID || code > HEADER_TRANSFER_ENCODING || code === HEADER_HOST) continue;
    if ((code === HEADER_TRANSFER_ENCODING || code === HEADER_CONTENT_LENGTH) && context.bufferedBody !== undefined)
      continue;
    if (replaced.size > 0 && replaced.has(lower)) continue;
    headers.push(name, original[i + 1] as string);
  }
  if (context.bufferedBody !== undefined) headers.push('Content-Length', String(context.contentLength));
}

/** A header without value is not sent. */
function pushFilled(headers: string[], more: readonly string[]): void {
  for (let i = 0; i < more.length; i += 2)
    if (more[i + 1] !== '') headers.push(more[i] as string, more[i + 1] as string);
}

/** What is wrong, and with which rule. */
function errorHeaders({ request, running, location }: RequestContext, code: number): string[] {
  const { namespace = '', ingress = '', service = '', port = '' } = location?.location.source ?? {};
  return [
    ...['X-Code', String(code)],
    ...['X-Format', httpVariable(request.headers, 'accept', running.names) ?? ''],
    ...['X-Namespace', namespace, 'X-Ingress-Name', ingress, 'X-Service-Name', service, 'X-Service-Port', port],
  ];
}

/** `$req_id`: the client's, or 32 digits of our own. */
function requestId(context: RequestContext): string {
  if (context.requestId === '' && context.running.http.generateRequestId)
    context.requestId = context.running.newRequestId();
  return context.requestId;
}

/** `X-Forwarded-For`: the peer, or with `compute-full-forwarded-for` what it was told, too. */
export function forwardedFor(context: RequestContext): string {
  const { http } = context.running;
  if (!http.useForwardedHeaders || !http.computeFullForwardedFor || context.forwardedFor === '')
    return context.remoteAddr;
  return `${context.forwardedFor}, ${context.request.remoteAddress}`;
}
