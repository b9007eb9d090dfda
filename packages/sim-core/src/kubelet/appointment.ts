import type { Cancel, Clock } from '../sim/clock.ts';

/** The one thing that a container waits for before it goes on: a pull, a back-off, a missing ConfigMap. */
export class Appointment {
  readonly #clock: Clock;
  readonly #wake: () => void;
  #busy = false;
  #cancel: Cancel | undefined;

  /** @param wake called after what was waited for has been done */
  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Whether it is on its way to something, or unable for good. */
  get busy(): boolean {
    return this.#busy;
  }

  begin(): void {
    this.#busy = true;
  }

  /** Does `next` after so many milliseconds, at once when there are none. */
  after(milliseconds: number, next: () => void): void {
    if (milliseconds <= 0) return next();
    this.#cancel = this.#clock.after(milliseconds, () => {
      this.#cancel = undefined;
      next();
      this.#wake();
    });
  }

  /** Looks again after so many milliseconds, and is busy until then. */
  retryAfter(milliseconds: number): void {
    this.#busy = true;
    this.after(milliseconds, () => this.end());
  }

  /** Waits for nothing any more. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#busy = false;
  }
}
