import type { Cluster, Waiting } from '../../index.ts';
import type { RunConsole } from './run-console.ts';

/** Quiet time after a change before the state is judged, milliseconds. */
const DEBOUNCE = 20;
/** Cluster time after which what has not settled is reported, milliseconds. */
const PATIENCE = 60_000;
/** Cluster time for which nothing that is waited for can get on by itself before that is reported, milliseconds. */
const STUCK = 2_000;

/** What a watch is made from. */
export interface SettleWatchParts {
  readonly cluster: Cluster;
  readonly console: RunConsole;
  /** Called after each report: the time to look for what is wrong. */
  judged(): void;
  /** Runs a step after so many milliseconds of the wall clock; returns how to call it off. */
  after?(milliseconds: number, step: () => void): () => void;
}

/**
 * Reports when the cluster has settled after a change; or what it waits for, as soon as nothing can get on by itself, and
 * at the latest when a minute of cluster time has passed.
 */
export class SettleWatch {
  readonly #parts: SettleWatchParts;
  readonly #stop: () => void;
  #cancelDebounce: (() => void) | undefined;
  #cancelDeadline: () => void = () => {};
  /** Set from a change until its report. */
  #since: number | undefined;
  #stuckSince: number | undefined;
  #asked = false;
  #complained = false;
  #reported = -1;

  constructor(parts: SettleWatchParts) {
    this.#parts = parts;
    this.#stop = parts.cluster.onSettled(() => this.#schedule());
  }

  /** A change was made on purpose: judge the state from now on, even if nothing moved. */
  changed(): void {
    this.#begin();
    this.#asked = true;
    this.#schedule();
  }

  stop(): void {
    this.#stop();
    this.#cancelDebounce?.();
    this.#cancelDeadline();
  }

  #begin(): void {
    this.#since = this.#now;
    this.#complained = false;
    this.#stuckSince = undefined;
  }

  #schedule(): void {
    const { after = afterWallTime } = this.#parts;
    this.#cancelDebounce ??= after(DEBOUNCE, () => {
      this.#cancelDebounce = undefined;
      this.#judge();
    });
  }

  #judge(): void {
    const { cluster } = this.#parts;
    const waitingFor = cluster.waitingFor();
    const { revision } = cluster.client;
    if (waitingFor.length === 0) {
      if (this.#since !== undefined) this.#report(true, waitingFor);
      this.#since = undefined;
      this.#asked = false;
      this.#reported = revision;
      return;
    }
    if (this.#since === undefined && revision !== this.#reported) this.#begin();
    if (this.#since === undefined || this.#complained) return;
    this.#stuckSince = waitingFor.every(({ stuck }) => stuck) ? (this.#stuckSince ?? this.#now) : undefined;
    const deadline = Math.min(this.#since + PATIENCE, (this.#stuckSince ?? Number.POSITIVE_INFINITY) + STUCK);
    if (this.#now < deadline) return this.#judgeAt(deadline);
    this.#complained = true;
    this.#report(false, waitingFor);
  }

  #judgeAt(deadline: number): void {
    this.#cancelDeadline();
    this.#cancelDeadline = this.#parts.cluster.clock.after(deadline - this.#now, () => this.#schedule());
  }

  #report(ok: boolean, waitingFor: readonly Waiting[]): void {
    const { cluster, console, judged } = this.#parts;
    this.#cancelDeadline();
    console.settled({ ok, rev: cluster.client.revision, waitingFor, asked: this.#asked });
    judged();
  }

  get #now(): number {
    return this.#parts.cluster.clock.now();
  }
}

function afterWallTime(milliseconds: number, step: () => void): () => void {
  const timer = setTimeout(step, milliseconds);
  return () => clearTimeout(timer);
}
