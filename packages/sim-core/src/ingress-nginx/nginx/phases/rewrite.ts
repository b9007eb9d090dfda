import { type Answer, DENIED } from '../answer.ts';
import type { RequestContext } from '../request-context.ts';

/** `return` of the location (ngx_http_rewrite_module): a denied location, a redirect, a fixed answer. */
export function rewrite(context: RequestContext): Answer | undefined {
  const directives = context.location?.location.directives;
  if (directives === undefined) return undefined;
  if (directives.denied !== undefined) return DENIED;
  const fixed = directives.return;
  if (fixed === undefined) return undefined;
  if (fixed.url === undefined) return { status: fixed.status, reason: 'return', body: '' };
  return { status: fixed.status, location: fixed.url, reason: 'return' };
}
