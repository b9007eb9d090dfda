import { formatLogTime } from '../../workloads/calendar.ts';
import type { Endpoint } from './configuration.ts';
import type { Attempt } from './decision-record.ts';
import type { HeaderNames } from './header-names.ts';
import { escapeForLog, logSeconds, triesOf } from './log-format.ts';
import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

/** Lines that can be read: no fewer than a container's log keeps, so that a line is used again only when it is gone from there. */
const LINES = 1001;

/**
 * Lines in the controller's format `upstreaminfo` (internal/ingress/controller/config/config.go, logFormatUpstream). They are
 * used again and again, and put into words when somebody reads them: under load nobody reads most of them.
 */
export class AccessLog {
  readonly #lines: AccessLogLine[] = [];
  #next = 0;

  /** The line of a request that has ended; valid until so many more lines were written. */
  line(context: RequestContext): AccessLogLine {
    const line = this.#lines[this.#next] ?? new AccessLogLine();
    this.#lines[this.#next] = line;
    this.#next = (this.#next + 1) % LINES;
    line.take(context);
    return line;
  }
}

/** A line of the access log. */
export class AccessLogLine {
  /** Ready made in a format of its own; undefined in the usual one. */
  #text: string | undefined;
  #headers: readonly string[] = [];
  #names: HeaderNames | undefined;
  #remoteAddr = '';
  #remoteUser = '';
  #startedAt = 0;
  #duration = 0;
  #requestLength = 0;
  #method = '';
  #url = '';
  #httpVersion = '';
  #status = 0;
  #bytesSent = 0;
  #backend = '';
  #alternative = '';
  #requestId = '';
  #endpoint: Endpoint | undefined;
  #tries = 0;
  #attempts: Attempt[] | undefined;
  #upstreamTime = 0;
  #upstreamStatus = 0;

  /** Copies what the line says. */
  take(context: RequestContext): void {
    const { request, running, location, balancer } = context;
    this.#text = running.compiledHttp.logFormat?.(context);
    this.#headers = request.headers;
    this.#names = running.names;
    this.#remoteAddr = context.remoteAddr;
    this.#remoteUser = context.remoteUser;
    this.#startedAt = context.startedAt;
    this.#duration = context.duration;
    this.#requestLength = context.headLength + Math.max(0, context.contentLength);
    this.#method = request.method;
    this.#url = request.url;
    this.#httpVersion = request.httpVersion;
    this.#status = context.status;
    this.#bytesSent = context.bytesSent;
    this.#backend = location === undefined ? '' : location.location.backend;
    this.#alternative = context.toCanary && balancer !== undefined ? balancer.upstream.name : '';
    this.#requestId = context.requestId;
    this.#endpoint = context.endpoint;
    this.#tries = context.tries;
    this.#attempts = context.attempts;
    this.#upstreamTime = context.upstreamTime;
    this.#upstreamStatus = context.upstreamStatus;
  }

  toString(): string {
    if (this.#text !== undefined) return this.#text;
    return [
      `${this.#remoteAddr} - ${escapeForLog(this.#remoteUser) || '-'} [${formatLogTime(this.#startedAt + this.#duration)}]`,
      `"${this.#method} ${escapeForLog(this.#url)} HTTP/${this.#httpVersion}"`,
      `${this.#status} ${this.#bytesSent} "${this.#header('referer')}" "${this.#header('user_agent')}"`,
      `${this.#requestLength} ${logSeconds(this.#duration)} [${this.#backend}] [${this.#alternative}]`,
      this.#upstreamPart(),
      escapeForLog(this.#requestId) || '-',
    ].join(' ');
  }

  #header(name: string): string {
    const value = this.#names && httpVariable(this.#headers, name, this.#names);
    return value === undefined ? '-' : escapeForLog(value);
  }

  /** `$upstream_addr $upstream_response_length $upstream_response_time $upstream_status`, each with every try. */
  #upstreamPart(): string {
    if (this.#endpoint === undefined) return '- - - -';
    const all = triesOf({
      endpoint: this.#endpoint,
      attempts: this.#attempts,
      tries: this.#tries,
      bytesSent: this.#bytesSent,
      upstreamTime: this.#upstreamTime,
      upstreamStatus: this.#upstreamStatus,
    });
    const list = (show: (each: (typeof all)[number]) => string | number) => all.map(show).join(', ');
    return `${list(({ address }) => address)} ${list(({ length }) => length)} ${list(({ time }) => logSeconds(time))} ${list(({ status }) => status || '-')}`;
  }
}
