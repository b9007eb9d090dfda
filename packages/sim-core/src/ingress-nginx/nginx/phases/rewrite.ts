import { type Answer, DENIED, INTERNAL_ERROR } from '../answer.ts';
import type { CompiledLocation } from '../compile.ts';
import { corsHeaders } from '../cors.ts';
import type { Return } from '../directives.ts';
import { escapeCapture, escapePath } from '../escape.ts';
import type { RequestContext } from '../request-context.ts';
import { logMatch, logRewritten } from '../rewrite-log.ts';
import type { CompiledRewrite } from '../rewrite-target.ts';

/**
 * What the location says before Lua does, in the order of the template (ngx_http_rewrite_module): a denied location, the
 * preflight of CORS, a redirect or fixed answer, the rewrite of the path.
 */
export function rewrite(context: RequestContext): Answer | undefined {
  const { location, cors, rewrite: rewriting } = context.location as CompiledLocation;
  const { denied, return: fixed } = location.directives;
  if (denied !== undefined) return DENIED;
  if (cors !== undefined) {
    context.corsHeaders = corsHeaders(context, cors);
    if (context.corsHeaders !== undefined && context.request.method === 'OPTIONS') return PREFLIGHT;
  }
  if (fixed !== undefined) return answerOf(fixed);
  return rewriting === undefined ? undefined : rewritePath(context, rewriting);
}

const PREFLIGHT: Answer = Object.freeze({
  status: 204,
  reason: 'cors-preflight',
  body: '',
  contentType: 'text/plain charset=UTF-8',
});

/** Statuses whose text is a Location (ngx_http_send_response). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Statuses of answers without body, whatever is to be sent. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

function answerOf({ status, url }: Return): Answer {
  if (url === undefined) return { status, reason: 'return', body: '' };
  if (BODILESS.has(status)) return { status, reason: 'return', body: '' };
  return REDIRECTS.has(status) ? { status, location: url, reason: 'return' } : { status, reason: 'return', body: url };
}

/** In a redirect, what was quoted in the request stays quoted (ngx_http_script_copy_capture_code, ngx_unescape_uri). */
function escapeCaptures(captures: readonly (string | undefined)[], url: string): (string | undefined)[] {
  const path = url.split('?')[0] as string;
  const quoted = path.includes('%') || path.includes('+');
  return captures.map((capture) => (quoted && capture !== undefined ? escapeCapture(capture) : capture));
}

/** Where the regex fits, the whole path is replaced; the query stays. */
function rewritePath(context: RequestContext, { regex, replacement, redirects }: CompiledRewrite): Answer | undefined {
  const captures = regex.exec(context.path);
  const logs = context.location?.location.directives.rewriteLog === true;
  if (logs) logMatch(context, captures !== null);
  if (captures === null) return undefined;
  context.captures = redirects ? escapeCaptures(captures, context.request.url) : captures;
  const path = replacement(context);
  if (path === '') return INTERNAL_ERROR;
  const query = context.args === undefined || context.args === '' ? '' : `?${context.args}`;
  if (redirects) return { status: 302, location: path + query, reason: 'return' };
  if (logs) logRewritten(context, path);
  context.rewritten = path;
  context.upstreamUri = escapePath(path) + query;
  return undefined;
}
