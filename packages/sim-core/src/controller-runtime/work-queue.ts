import type { Cancel, Clock } from '../sim/clock.ts';

const FIRST_RETRY = 5;
const LAST_RETRY = 1_000_000;

/**
 * Keys that wait for a reconcile: each at most once, in the order in which they came, plus keys that come back later
 * (client-go/util/workqueue with the default item exponential failure rate limiter).
 */
export class WorkQueue {
  /** Keys that wait; those from `#next` on in `#order` are still to be taken. */
  readonly #waiting = new Set<string>();
  #order: string[] = [];
  #next = 0;
  readonly #delayed = new Map<string, { at: number; cancel: Cancel }>();
  readonly #failures = new Map<string, number>();
  readonly #clock: Clock;
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /** Keys that come back by themselves after a failure. */
  get retrying(): number {
    return this.#failures.size;
  }

  /** The key that is taken next. */
  peek(): string | undefined {
    return this.#order[this.#next];
  }

  add(key: string): void {
    if (this.#stopped || this.#waiting.has(key)) return;
    this.#waiting.add(key);
    this.#order.push(key);
  }

  take(): string | undefined {
    const key = this.peek();
    if (key === undefined) return undefined;
    this.#waiting.delete(key);
    if (++this.#next === this.#order.length) {
      this.#order = [];
      this.#next = 0;
    }
    return key;
  }

  /** Adds the key after so many milliseconds; an earlier appointment stands. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#stopped) return;
    const at = this.#clock.now() + milliseconds;
    const earlier = this.#delayed.get(key);
    if (earlier !== undefined && earlier.at <= at) return;
    earlier?.cancel();
    const cancel = this.#clock.after(milliseconds, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { at, cancel });
  }

  /** Adds the key after a delay that doubles with every failure. */
  addRateLimited(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, Math.min(FIRST_RETRY * 2 ** failures, LAST_RETRY));
  }

  /** The key succeeded: its next failure starts from the shortest delay. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Drops every key and appointment, and takes no more. */
  stop(): void {
    this.#stopped = true;
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    this.#waiting.clear();
    this.#order = [];
    this.#next = 0;
    this.#failures.clear();
  }
}
