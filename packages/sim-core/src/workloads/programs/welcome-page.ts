import { type Answer, html, text } from '../http-answer.ts';
import { pathOf } from '../request.ts';
import type { HttpRequest } from '../workload.ts';

/** What a fresh web server image answers: a welcome page at `/`, 404 elsewhere, 405 for what it cannot do. */
export function welcomeAnswer(request: HttpRequest, server: string, welcome: string, notFound: string): Answer {
  const more = ['server', server];
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead) return text(405, '405 Not Allowed\n', more);
  const path = pathOf(request.url);
  return path === '/' || path === '/index.html' ? html(200, welcome, more) : html(404, notFound, more);
}
