import type { Cancel, Clock } from '../sim/clock.ts';

/** The cluster's clock for one container: its timers die with it. */
export class ScopedClock implements Clock {
  readonly #clock: Clock;
  /** Made with the first timer: most containers never set one. */
  #timers: Set<{ cancel: Cancel }> | undefined;
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  requestNow(): number {
    return this.#clock.requestNow();
  }

  after(milliseconds: number, run: () => void): Cancel {
    return this.#track(run, (tracked) => this.#clock.after(milliseconds, tracked));
  }

  runAt(moment: number, run: () => void): Cancel {
    return this.#track(run, (tracked) => this.#clock.runAt(moment, tracked));
  }

  afterRequest(milliseconds: number, run: () => void): Cancel {
    return this.#track(run, (tracked) => this.#clock.afterRequest(milliseconds, tracked));
  }

  /** Takes back every timer; later ones are never set. */
  stop(): void {
    this.#stopped = true;
    for (const { cancel } of this.#timers ?? []) cancel();
    this.#timers = undefined;
  }

  #track(run: () => void, set: (tracked: () => void) => Cancel): Cancel {
    const timer = { cancel: () => {} };
    if (this.#stopped) return timer.cancel;
    this.#timers ??= new Set();
    this.#timers.add(timer);
    timer.cancel = set(() => {
      this.#timers?.delete(timer);
      run();
    });
    return () => {
      this.#timers?.delete(timer);
      timer.cancel();
    };
  }
}
