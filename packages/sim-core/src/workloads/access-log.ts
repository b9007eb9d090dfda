import type { Clock } from '../sim/clock.ts';
import { formatLogTime } from './calendar.ts';
import { type HttpRequest, headerValue } from './workload.ts';

/** What a line says; put into words when somebody reads it. */
interface Entry {
  /** Seconds since the epoch, request time. */
  readonly second: number;
  readonly remoteAddress: string;
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly status: number;
  readonly bytes: number;
  readonly referer: string;
  readonly agent: string;
}

/** An access line in the combined format that nginx and Apache share. */
class AccessLine {
  readonly entry: Entry;

  constructor(entry: Entry) {
    this.entry = entry;
  }

  toString(): string {
    const { second, remoteAddress, method, url, httpVersion, status, bytes, referer, agent } = this.entry;
    const time = formatLogTime(second * 1000);
    return `${remoteAddress} - - [${time}] "${method} ${url} HTTP/${httpVersion}" ${status} ${bytes} "${referer}" "${agent}"`;
  }
}

/**
 * The access log of one program. Under load thousands of lines are written that nobody reads, so a line that says the same
 * as the one before is that one, and strings that are the same again are kept once: what a log holds on to is what the
 * garbage collector copies.
 */
export class AccessLog {
  readonly #clock: Clock;
  #last: AccessLine | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  line(request: HttpRequest, status: number, bytes: number): AccessLine {
    const second = Math.floor(this.#clock.requestNow() / 1000);
    const referer = headerValue(request.headers, 'referer') ?? '-';
    const agent = headerValue(request.headers, 'user-agent') ?? '-';
    const last = this.#last;
    if (last !== undefined) {
      const { entry } = last;
      const sameAnswer = entry.second === second && entry.status === status && entry.bytes === bytes;
      if (sameAnswer && entry.agent === agent && entry.referer === referer && isSame(entry, request)) return last;
    }
    const line = new AccessLine({
      second,
      remoteAddress: known(request.remoteAddress, last?.entry.remoteAddress),
      method: known(request.method, last?.entry.method),
      url: known(request.url, last?.entry.url),
      httpVersion: request.httpVersion,
      status,
      bytes,
      referer: known(referer, last?.entry.referer),
      agent: known(agent, last?.entry.agent),
    });
    this.#last = line;
    return line;
  }
}

/** The string that is kept already, where it is the same. */
function known(text: string, kept: string | undefined): string {
  return text === kept ? kept : text;
}

function isSame(entry: Entry, { url, remoteAddress, method, httpVersion }: HttpRequest): boolean {
  return (
    entry.url === url &&
    entry.remoteAddress === remoteAddress &&
    entry.method === method &&
    entry.httpVersion === httpVersion
  );
}
