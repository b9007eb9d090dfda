import { formatLogTime } from '../../workloads/calendar.ts';
import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

/**
 * A line in the controller's format `upstreaminfo` (internal/ingress/controller/config/config.go, logFormatUpstream), put
 * into words when somebody reads it. The length of a request is not known where there are no bytes: 0.
 */
export class AccessLogLine {
  readonly #context: RequestContext;

  /** @param context of a request that has ended */
  constructor(context: RequestContext) {
    this.#context = context;
  }

  toString(): string {
    const { request, running, balancer, toCanary, location, remoteAddr, startedAt, status } = this.#context;
    const header = (name: string) => httpVariable(request.headers, name, running.names) ?? '-';
    const alternative = toCanary ? (balancer?.upstream.name ?? '') : '';
    return [
      `${remoteAddr} - ${this.#context.remoteUser || '-'} [${formatLogTime(startedAt)}]`,
      `"${request.method} ${request.url} HTTP/${request.httpVersion}"`,
      `${status} ${this.#context.bytesSent} "${header('referer')}" "${header('user_agent')}"`,
      `0 ${seconds(this.#context.duration)} [${location?.location.backend ?? ''}] [${alternative}]`,
      upstreamPart(this.#context),
      this.#context.requestId || '-',
    ].join(' ');
  }
}

/** `$upstream_addr $upstream_response_length $upstream_response_time $upstream_status`, each with every try. */
function upstreamPart({
  attempts = [],
  endpoint,
  tries,
  bytesSent,
  upstreamTime,
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
    const address = `${endpoint.address}:${endpoint.port}`;
    all.push({ address, length: bytesSent, time: upstreamTime, status: upstreamStatus });
  }
  const list = (show: (each: (typeof all)[number]) => string | number) => all.map(show).join(', ');
  return `${list(({ address }) => address)} ${list(({ length }) => length)} ${list(({ time }) => seconds(time))} ${list(({ status }) => status || '-')}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
