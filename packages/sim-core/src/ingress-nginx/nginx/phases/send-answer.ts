import type { Answer } from '../answer.ts';
import { errorPage, statusSent, wantsPadding } from '../error-page.ts';
import type { RequestContext } from '../request-context.ts';
import { sentHeadSize } from '../sent-head.ts';
import { reasonPhrase } from '../status-line.ts';
import { httpVariable } from '../variables.ts';
import { addHeaders, isLast } from './header-filter.ts';
import { log } from './log.ts';

/** Statuses after which nginx closes the connection (ngx_http_special_response_handler). */
const CLOSING: ReadonlySet<number> = new Set([400, 405, 413, 414, 494, 495, 496, 497, 500, 501]);

/** Answers by itself: nginx's page for the status, a redirect, or a fixed body. */
export function sendAnswer(context: RequestContext, answer: Answer): void {
  if (context.finished) return;
  const { response, running } = context;
  const status = statusSent(answer.status);
  const body = answer.body ?? errorPage(answer.status, running.http.serverTokens, isPadded(context));
  const length = answer.body === undefined ? body.length : new TextEncoder().encode(body).length;
  const headers = ['Content-Type', answer.contentType ?? 'text/html', 'Content-Length', String(length)];
  if (CLOSING.has(answer.status) && !isLast(context)) headers.push('Connection', 'close');
  if (answer.location !== undefined) headers.push('Location', answer.location);
  if (answer.headers !== undefined) headers.push(...answer.headers);
  addHeaders(context, headers, status);
  context.status = status;
  context.reason = answer.reason;
  context.redirectTo = answer.location;
  if (!response.closed) {
    if (running.measure !== undefined) context.headSent = sentHeadSize(status, headers);
    response.writeHead(status, headers, reasonPhrase(status));
    context.bytesSent = context.request.method === 'HEAD' ? 0 : length;
    response.end(context.bytesSent === 0 ? undefined : body);
  }
  log(context);
}

function isPadded(context: RequestContext): boolean {
  return wantsPadding(httpVariable(context.request.headers, 'user_agent', context.running.names));
}
