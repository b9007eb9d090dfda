import { formatErrorTime } from '../../workloads/calendar.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Writes a line into nginx's error log (ngx_log.c, ngx_http_log_error); its one worker is process 24 of the container.
 * @param level in nginx's words: error, notice …
 * @param upstream what the pod was asked, where one was: its URL
 */
export function logError(context: RequestContext, level: string, message: string, upstream?: string): void {
  const { running, request, remoteAddr, server, id, hypothetical } = context;
  if (hypothetical) return;
  const head = `${formatErrorTime(running.clock.requestNow())} [${level}] 24#24: *${id} ${message}`;
  const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
  const asked = upstream === undefined ? '' : `, upstream: "${upstream}"`;
  running.errorLog(
    `${head}, client: ${remoteAddr}, server: ${server?.server.hostname}, request: "${line}"${asked}, host: "${context.httpHost}"`,
  );
}
