import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The header by which a pod takes part in a trace: the client's trace where that is trusted, else one of our own, with
 * nginx's span as its parent; sampled unless the client says that it is not (W3C Trace Context; otel_ngx_module with
 * otel-sampler AlwaysOn and otel-sampler-parent-based).
 */
export function traceParent(context: RequestContext, trusts: boolean): string {
  const { request, running } = context;
  const sent = trusts ? httpVariable(request.headers, 'traceparent', running.names) : undefined;
  const [, trace = running.newRequestId(), , flags = '01'] = TRACE_PARENT.exec(sent ?? '') ?? [];
  const sampled = (Number.parseInt(flags, 16) & 1) === 1;
  return `00-${trace}-${running.newRequestId().slice(0, 16)}-${sampled ? '01' : '00'}`;
}
