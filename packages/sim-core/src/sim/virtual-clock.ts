import { type Cancel, type Clock, VIRTUAL_EPOCH } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/**
 * Discrete-event time: it stands still until `advanceTo` moves it, and then every timer on the way runs at its own
 * moment, in order. 60 s of 10 s probes fire six times, however fast the machine is.
 */
export class VirtualClock implements Clock {
  #now: number;
  #inTimers = false;
  readonly #timers = new TimerQueue();
  readonly #settle: () => void;

  /**
   * @param start first reading, milliseconds since the epoch
   * @param settle runs after the timers of each instant, before time moves on (the cluster reconciles there)
   */
  constructor(start: number = VIRTUAL_EPOCH, settle: () => void = () => {}) {
    this.#now = start;
    this.#settle = settle;
  }

  now(): number {
    return this.#now;
  }

  requestNow(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): Cancel {
    return this.runAt(this.#now + Math.max(0, milliseconds), run);
  }

  runAt(at: number, run: () => void): Cancel {
    return this.#timers.add(at, run);
  }

  afterRequest(milliseconds: number, run: () => void): Cancel {
    return this.after(milliseconds, run);
  }

  /** Moment of the next timer, or undefined when nothing waits. */
  nextTimerAt(): number | undefined {
    return this.#timers.nextAt();
  }

  /** Whether timers of one instant are running: `settle` follows by itself. */
  get inTimers(): boolean {
    return this.#inTimers;
  }

  /** Moves time to `to` (never backwards), running every timer that falls due; after those of one instant it settles. */
  advanceTo(to: number): void {
    for (let at = this.#timers.nextAt(); at !== undefined && at <= to; at = this.#timers.nextAt()) {
      this.#now = Math.max(this.#now, at);
      this.#runInstant();
      this.#settle();
    }
    this.#now = Math.max(this.#now, to);
  }

  #runInstant(): void {
    this.#inTimers = true;
    try {
      for (let due = this.#timers.takeDue(this.#now); due !== undefined; due = this.#timers.takeDue(this.#now))
        due.run();
    } finally {
      this.#inTimers = false;
    }
  }
}
