import { logError } from './error-log.ts';
import type { RequestContext } from './request-context.ts';

/*
 * `rewrite_log on`: what the regex of a rewrite was tried on, and what came of it, at the level notice, which the controller
 * logs (ngx_http_script.c, ngx_http_script_regex_start_code and _end_code; error-log-level).
 */

/** Whether the path fitted. */
export function logMatch(context: RequestContext, matches: boolean): void {
  const regex = context.location?.location.directives.rewrite?.regex ?? '';
  const pattern = `(?i)${regex.replace(/^\(\?i\)/, '')}`;
  logError(context, 'notice', `"${pattern}" ${matches ? 'matches' : 'does not match'} "${context.path}"`);
}

/** The path that came of it. */
export function logRewritten(context: RequestContext, path: string): void {
  logError(context, 'notice', `rewritten data: "${path}", args: "${context.args ?? ''}"`);
}
