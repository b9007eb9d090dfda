import type { RequestContext } from './request-context.ts';

/**
 * Hands a request over to the upstream that answers for errors, where the location lists the status (ngx_http_core_module,
 * error_page): it gets the root path, the query and headers that say what went wrong, and its own status is what the client sees.
 *
 * @param byPod whether a pod answered so, and not nginx itself
 * @returns whether a pod of that upstream is to be asked now
 */
export function takesErrorBackend(context: RequestContext, status: number, byPod: boolean): boolean {
  const directives = context.location?.location.directives;
  if (directives === undefined || directives.customHttpErrors.length === 0 || context.errorCode !== 0) return false;
  if (!directives.customHttpErrors.includes(status) || (byPod && !directives.interceptErrors)) return false;
  const balancer = context.running.balancers.get(directives.errorBackend);
  if (balancer === undefined || context.finished) return false;
  context.errorCode = status;
  context.balancer = balancer;
  context.upstreamUri = context.args === undefined || context.args === '' ? '/' : `/?${context.args}`;
  return true;
}
