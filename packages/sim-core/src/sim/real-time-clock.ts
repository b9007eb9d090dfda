import type { Cancel, Clock } from './clock.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The time on the wall, milliseconds since the epoch, and its timers. */
export interface WallTime {
  now(): number;
  after(milliseconds: number, run: () => void): Cancel;
}

/** Longest delay that setTimeout takes; longer waits are cut into pieces. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

const SYSTEM_TIME: WallTime = Object.freeze({
  now: () => performance.timeOrigin + performance.now(),
  after: (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, Math.min(Math.max(0, milliseconds), LONGEST_TIMEOUT));
    return () => clearTimeout(timer);
  },
});

/**
 * Drives a {@link VirtualClock} from wall time: cluster time runs at `speed` times wall time and can be paused or
 * skipped forward; request time is wall time itself, never scaled or paused.
 */
export class RealTimeClock implements Clock {
  readonly #cluster: VirtualClock;
  readonly #wall: WallTime;
  #speed = 1;
  #paused = false;
  #wallAnchor: number;
  #clusterAnchor: number;
  #wakeUp: Cancel | undefined;
  #stopped = false;
  #advancing = false;

  /** @param settle runs after each cluster timer, before time moves on */
  constructor(settle: () => void, wall: WallTime = SYSTEM_TIME) {
    this.#wall = wall;
    this.#wallAnchor = this.requestNow();
    this.#clusterAnchor = Math.floor(this.#wallAnchor / 1000) * 1000;
    this.#cluster = new VirtualClock(this.#clusterAnchor, settle);
  }

  get speed(): number {
    return this.#speed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Whether timers of one instant are running: `settle` follows by itself. */
  get inTimers(): boolean {
    return this.#cluster.inTimers;
  }

  /** Inside a timer this is the timer's own moment, so that delays never drift. */
  now(): number {
    return this.#advancing ? this.#cluster.now() : Math.max(this.#cluster.now(), Math.floor(this.#target()));
  }

  after(milliseconds: number, run: () => void): Cancel {
    return this.runAt(this.now() + Math.max(0, milliseconds), run);
  }

  runAt(moment: number, run: () => void): Cancel {
    const cancel = this.#cluster.runAt(moment, run);
    if (!this.#advancing) this.#schedule();
    return cancel;
  }

  requestNow(): number {
    return this.#wall.now();
  }

  afterRequest(milliseconds: number, run: () => void): Cancel {
    return this.#wall.after(milliseconds, run);
  }

  /** Changes how many seconds of cluster time pass in one second of wall time. */
  setSpeed(speed: number): void {
    this.#reanchor();
    this.#speed = speed;
    this.#schedule();
  }

  /** Stops or continues cluster time. Requests are served all the same. */
  setPaused(paused: boolean): void {
    this.#reanchor();
    this.#paused = paused;
    this.#schedule();
  }

  /** Skips cluster time forward, also while paused. */
  skip(milliseconds: number): void {
    this.#reanchor();
    this.#clusterAnchor += milliseconds;
    this.#catchUp();
    this.#schedule();
  }

  /** Brings cluster time up to wall time and runs what is due; time goes on also where that fails. */
  tick(): void {
    try {
      this.#catchUp();
    } finally {
      this.#schedule();
    }
  }

  /** Sets no further timer. */
  stop(): void {
    this.#stopped = true;
    this.#wakeUp?.();
  }

  #target(): number {
    if (this.#paused) return this.#clusterAnchor;
    return this.#clusterAnchor + (this.requestNow() - this.#wallAnchor) * this.#speed;
  }

  #catchUp(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      this.#cluster.advanceTo(this.#target());
    } finally {
      this.#advancing = false;
    }
  }

  #reanchor(): void {
    this.#catchUp();
    this.#clusterAnchor = this.#cluster.now();
    this.#wallAnchor = this.requestNow();
  }

  #schedule(): void {
    this.#wakeUp?.();
    this.#wakeUp = undefined;
    const next = this.#cluster.nextTimerAt();
    if (next === undefined || this.#paused || this.#stopped) return;
    const wait = Math.ceil((next - this.#target()) / this.#speed);
    this.#wakeUp = this.#wall.after(wait, () => this.tick());
  }
}
