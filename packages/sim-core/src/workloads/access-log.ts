import type { Clock } from '../sim/clock.ts';
import { formatLogTime } from './calendar.ts';
import { type HttpRequest, headerValue } from './workload.ts';

/** Access lines in the combined format that nginx and Apache share. The moment is formatted once a second. */
export class AccessLog {
  readonly #clock: Clock;
  #second = Number.NaN;
  #time = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  line(request: HttpRequest, status: number, bytes: number): string {
    const { remoteAddress, method, url, httpVersion, headers } = request;
    const referer = headerValue(headers, 'referer') ?? '-';
    const agent = headerValue(headers, 'user-agent') ?? '-';
    return `${remoteAddress} - - [${this.#now()}] "${method} ${url} HTTP/${httpVersion}" ${status} ${bytes} "${referer}" "${agent}"`;
  }

  #now(): string {
    const second = Math.floor(this.#clock.requestNow() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#time = formatLogTime(second * 1000);
    }
    return this.#time;
  }
}
