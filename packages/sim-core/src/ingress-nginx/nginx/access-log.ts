import { formatLogTime } from '../../workloads/calendar.ts';
import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

/**
 * A line in the controller's format `upstreaminfo` (internal/ingress/controller/config/config.go, logFormatUpstream).
 * The length of a request is not known where there are no bytes: 0.
 */
export function accessLogLine(context: RequestContext): string {
  const { request, running, primary, location } = context;
  const header = (name: string) => httpVariable(request.headers, name, running.names) ?? '-';
  const alternative = primary?.upstream.alternativeBackends[0] ?? '';
  return [
    `${context.remoteAddr} - - [${formatLogTime(context.startedAt)}]`,
    `"${request.method} ${request.url} HTTP/${request.httpVersion}"`,
    `${context.status} ${context.bytesSent} "${header('referer')}" "${header('user_agent')}"`,
    `0 ${seconds(running.clock.requestNow() - context.startedAt)} [${location?.location.backend ?? ''}] [${alternative}]`,
    upstreamPart(context),
    context.requestId || '-',
  ].join(' ');
}

/** `$upstream_addr $upstream_response_length $upstream_response_time $upstream_status`, each with every try. */
function upstreamPart({
  attempts = [],
  endpoint,
  tries,
  bytesSent,
  running,
  triedAt,
  upstreamStatus,
}: RequestContext): string {
  if (endpoint === undefined) return '- - - -';
  const all = attempts.map((attempt) => ({
    address: attempt.endpoint,
    length: 0,
    time: attempt.time,
    status: attempt.status,
  }));
  if (all.length < tries) {
    const time = running.clock.requestNow() - triedAt;
    all.push({ address: `${endpoint.address}:${endpoint.port}`, length: bytesSent, time, status: upstreamStatus });
  }
  const list = (show: (each: (typeof all)[number]) => string | number) => all.map(show).join(', ');
  return `${list(({ address }) => address)} ${list(({ length }) => length)} ${list(({ time }) => seconds(time))} ${list(({ status }) => status || '-')}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
