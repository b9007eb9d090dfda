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
  readonly #entry: Entry;

  constructor(entry: Entry) {
    this.#entry = entry;
  }

  toString(): string {
    const { second, remoteAddress, method, url, httpVersion, status, bytes, referer, agent } = this.#entry;
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
  #last: Entry | undefined;
  #line: AccessLine | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  line({ remoteAddress, method, url, httpVersion, headers }: HttpRequest, status: number, bytes: number): AccessLine {
    const second = Math.floor(this.#clock.requestNow() / 1000);
    const referer = headerValue(headers, 'referer') ?? '-';
    const agent = headerValue(headers, 'user-agent') ?? '-';
    const last = this.#last;
    const entry: Entry = {
      second,
      remoteAddress: known(remoteAddress, last?.remoteAddress),
      method: known(method, last?.method),
      url: known(url, last?.url),
      httpVersion,
      status,
      bytes,
      referer: known(referer, last?.referer),
      agent: known(agent, last?.agent),
    };
    if (this.#line !== undefined && last !== undefined && isSame(entry, last)) return this.#line;
    this.#last = entry;
    this.#line = new AccessLine(entry);
    return this.#line;
  }
}

/** The string that is kept already, where it is the same. */
function known(text: string, kept: string | undefined): string {
  return text === kept ? kept : text;
}

function isSame(a: Entry, b: Entry): boolean {
  return (
    a.second === b.second &&
    a.url === b.url &&
    a.status === b.status &&
    a.bytes === b.bytes &&
    a.remoteAddress === b.remoteAddress &&
    a.agent === b.agent &&
    a.method === b.method &&
    a.referer === b.referer &&
    a.httpVersion === b.httpVersion
  );
}
