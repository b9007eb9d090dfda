import type { FastcgiRequest } from '../../workloads/workload.ts';
import type { CompiledLocation } from './compile.ts';
import { HEADER_INVALID } from './header-names.ts';
import { bodyOf } from './request-body.ts';
import type { RequestContext } from './request-context.ts';

/** Sent as parameters of their own (ngx_http_fastcgi_module.c, ngx_http_fastcgi_hide…). */
const NO_HTTP: ReadonlySet<string> = new Set(['content-type', 'content-length']);

/**
 * A request as fastcgi_pass sends it: parameters, and the client's own headers as `HTTP_…` where no parameter has the name.
 * What proxy_set_header says does not count (ngx_http_fastcgi_module.c, ngx_http_fastcgi_create_request).
 */
export function fastcgiRequest(context: RequestContext): FastcgiRequest {
  const { request, running } = context;
  const { fastcgiParams = [] } = context.location as CompiledLocation;
  const params: string[] = [];
  for (const { name, value, ifNotEmpty } of fastcgiParams) {
    const text = value(context);
    if (text !== '' || !ifNotEmpty) params.push(name, text);
  }
  pushHeaders(context, params);
  return {
    method: request.method,
    url: context.upstreamUri ?? request.url,
    httpVersion: request.httpVersion,
    headers: request.headers,
    remoteAddress: running.podIp,
    body: bodyOf(context)?.stream(),
    params,
  };
}

function pushHeaders({ request: { headers }, running: { names } }: RequestContext, params: string[]): void {
  const given = new Set(params.filter((_, i) => i % 2 === 0));
  for (let i = 0; i < headers.length; i += 2) {
    const { code, lower } = names.of(headers[i] as string);
    const name = `HTTP_${lower.toUpperCase().replaceAll('-', '_')}`;
    if (code !== HEADER_INVALID && !NO_HTTP.has(lower) && !given.has(name)) params.push(name, headers[i + 1] as string);
  }
}
