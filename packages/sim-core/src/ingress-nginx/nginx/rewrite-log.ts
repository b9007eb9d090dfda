import { formatErrorTime } from '../../workloads/calendar.ts';
import type { RequestContext } from './request-context.ts';

/*
 * `rewrite_log on`: what the regex of a rewrite was tried on, and what came of it, at the level notice, which the controller
 * logs (ngx_http_script.c, ngx_http_script_regex_start_code and _end_code; error-log-level).
 */

/** Whether the path fitted. */
export function logMatch(context: RequestContext, matches: boolean): void {
  const regex = context.location?.location.directives.rewrite?.regex ?? '';
  const pattern = `(?i)${regex.replace(/^\(\?i\)/, '')}`;
  notice(context, `"${pattern}" ${matches ? 'matches' : 'does not match'} "${context.path}"`);
}

/** The path that came of it. */
export function logRewritten(context: RequestContext, path: string): void {
  notice(context, `rewritten data: "${path}", args: "${context.args ?? ''}"`);
}

/** A line of nginx's error log; its one worker is process 24 of the container. */
function notice(context: RequestContext, message: string): void {
  const { running, request, remoteAddr, server, id, startedAt, hypothetical } = context;
  if (hypothetical) return;
  const head = `${formatErrorTime(startedAt)} [notice] 24#24: *${id} ${message}`;
  const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
  running.errorLog(
    `${head}, client: ${remoteAddr}, server: ${server?.server.hostname}, request: "${line}", host: "${context.httpHost}"`,
  );
}
