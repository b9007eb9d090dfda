import { HEADER_HOST, HEADER_INVALID, HEADER_TRANSFER_ENCODING } from './header-names.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Headers of the request that a pod gets: what the template sets, then what is left of the client's own. Names that nginx
 * takes for invalid are dropped, with underscores among them (rootfs/etc/nginx/template/nginx.tmpl, proxy_set_header).
 */
export function proxyHeaders(context: RequestContext): string[] {
  const { http, proxyHeaderNames } = context.running;
  const scheme = context.accessScheme;
  const host = context.bestHttpHost;
  const headers = ['Host', host];
  if (context.upgrade !== '') headers.push('Upgrade', context.upgrade, 'Connection', 'upgrade');
  const id = requestId(context);
  if (id !== '') headers.push('X-Request-ID', id);
  headers.push('X-Real-IP', context.remoteAddr, 'X-Forwarded-For', forwardedFor(context), 'X-Forwarded-Host', host);
  headers.push('X-Forwarded-Port', context.passPort, 'X-Forwarded-Proto', scheme, 'X-Forwarded-Scheme', scheme);
  if (http.proxyAddOriginalUriHeader) headers.push('X-Original-URI', context.request.url);
  headers.push('X-Scheme', scheme);
  if (context.forwardedFor !== '') headers.push('X-Original-Forwarded-For', context.forwardedFor);
  if (context.forwardedHost !== '') headers.push('X-Original-Forwarded-Host', context.forwardedHost);
  for (let i = 0; i < http.proxySetHeaders.length; i++) headers.push(http.proxySetHeaders[i] as string);
  passOn(context, headers, proxyHeaderNames);
  return headers;
}

/** Appends the client's headers that nothing replaces. */
function passOn(context: RequestContext, headers: string[], replaced: ReadonlySet<string>): void {
  const { names } = context.running;
  const original = context.request.headers;
  for (let i = 0; i < original.length; i += 2) {
    const name = original[i] as string;
    const { code, lower } = names.of(name);
    if (code === HEADER_INVALID || code > HEADER_TRANSFER_ENCODING || code === HEADER_HOST) continue;
    if (code === HEADER_TRANSFER_ENCODING && context.bufferedBody !== undefined) continue;
    if (replaced.size > 0 && replaced.has(lower)) continue;
    headers.push(name, original[i + 1] as string);
  }
  if (context.bufferedBody !== undefined) headers.push('Content-Length', String(context.contentLength));
}

/** `$req_id`: the client's, or 32 digits of our own. */
function requestId(context: RequestContext): string {
  if (context.requestId === '' && context.running.http.generateRequestId)
    context.requestId = context.running.newRequestId();
  return context.requestId;
}

function forwardedFor(context: RequestContext): string {
  const { http } = context.running;
  if (!http.useForwardedHeaders || !http.computeFullForwardedFor || context.forwardedFor === '')
    return context.remoteAddr;
  return `${context.forwardedFor}, ${context.request.remoteAddress}`;
}
