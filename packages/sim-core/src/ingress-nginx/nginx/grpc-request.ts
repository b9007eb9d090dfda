import { type HttpRequest, headerValue, type TlsSession } from '../../workloads/workload.ts';
import { proxyHeaders } from './proxy-headers.ts';
import { bodyOf } from './request-body.ts';
import type { RequestContext } from './request-context.ts';

/** Headers that HTTP/2 has no place for, or that grpc_pass sets anew (ngx_http_grpc_module.c, ngx_http_grpc_headers). */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['connection', 'upgrade', 'keep-alive', 'te', 'content-length', 'transfer-encoding', 'expect'],
]);

/** A request as grpc_pass sends it: HTTP/2, whatever the client spoke. The body goes on as it comes. */
export function grpcRequest(context: RequestContext, tls: TlsSession | undefined): HttpRequest {
  const { request, running } = context;
  const headers: string[] = [];
  const all = proxyHeaders(context);
  for (let i = 0; i < all.length; i += 2)
    if (!LEFT_OUT.has((all[i] as string).toLowerCase())) headers.push(all[i] as string, all[i + 1] as string);
  // $grpc_internal_trailers
  if (headerValue(request.headers, 'te')?.includes('trailers') === true) headers.push('TE', 'trailers');
  return {
    method: request.method,
    url: context.upstreamUri ?? request.url,
    httpVersion: '2.0',
    headers,
    remoteAddress: running.podIp,
    body: bodyOf(context)?.stream(),
    tls,
  };
}
