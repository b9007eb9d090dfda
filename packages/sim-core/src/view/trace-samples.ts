import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { TraceSample } from '../wire.ts';
import { branch, newTable } from './branch.ts';

/** Samples a second of request time. */
const MOST_PER_SECOND = 20;
/** Of those, how many are kept back for decisions and errors that have not shown up in this second yet. */
const RESERVED = 6;
/** Most that wait to be taken. */
const MOST_WAITING = 200;

/**
 * Chooses at most twenty requests a second for the page: every kind of decision and every error status at least one, so
 * that the one error in ten thousand requests is seen; the others spread over the second.
 */
export class TraceSamples {
  readonly #waiting = new Map<number, TraceSample>();
  /** Second in which a kind of request was sampled last, by decision and by error status (0: no error). */
  readonly #seen = new Map<string, Map<number, number>>();
  #second = -1;
  #inSecond = 0;

  /** A request ended; runs for every request. */
  offer(record: DecisionRecord, flow: number, now: number): void {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    if (this.#inSecond >= MOST_PER_SECOND) return;
    const paced = (MOST_PER_SECOND - RESERVED) * (now / 1000 - second);
    if (!this.#isFirst(record, second) && this.#inSecond > paced) return;
    this.#inSecond++;
    this.add(record, flow);
  }

  /** Puts a request into the samples, whatever was chosen before. */
  add(record: DecisionRecord, flow: number): void {
    this.#waiting.set(record.id, traceSample(record, flow));
    if (this.#waiting.size > MOST_WAITING) this.#waiting.delete(this.#waiting.keys().next().value as number);
  }

  /** Samples since the last call, oldest first. */
  take(): TraceSample[] {
    const taken = [...this.#waiting.values()].sort((a, b) => a.id - b.id);
    this.#waiting.clear();
    return taken;
  }

  #isFirst({ canary, status }: DecisionRecord, second: number): boolean {
    const byStatus = branch(this.#seen, canary, newTable<number, number>);
    const error = status >= 400 ? status : 0;
    if (byStatus.get(error) === second) return false;
    byStatus.set(error, second);
    return true;
  }
}

/** A decision record as a line in a list; times to a hundredth of a millisecond. */
export function traceSample(record: DecisionRecord, flow: number): TraceSample {
  const { id, startedAt, method, host, url, status, duration, canary, toCanary, pod = '' } = record;
  const [at, milliseconds] = [rounded(startedAt), rounded(duration)];
  return { id, at, flow, method, host, url, status, milliseconds, decision: canary, isCanary: toCanary, pod };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
