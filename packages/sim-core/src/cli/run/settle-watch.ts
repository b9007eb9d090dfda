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
  /** Resolves when everything that has an address was announced: that comes before `settled`. */
  announced?(): Promise<void>;
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
  #isStopped = false;

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
    this.#isStopped = true;
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
    const { cluster, announced } = this.#parts;
    const { revision } = cluster.client;
    // Looking costs something in a large cluster, and most timers change nothing.
    if (this.#since === undefined && revision === this.#reported) return;
    const waitingFor = cluster.waitingFor();
    if (waitingFor.length > 0) this.#wait(waitingFor);
    else if (this.#since === undefined) this.#reported = revision;
    else if (announced === undefined) this.#settled();
    else void announced().then(() => this.#settled());
  }

  /** Unless something has changed meanwhile. */
  #settled(): void {
    const { cluster } = this.#parts;
    if (this.#since === undefined || this.#isStopped) return;
    if (cluster.waitingFor().length > 0) return this.#schedule();
    this.#reported = cluster.client.revision;
    this.#report(true, []);
    this.#since = undefined;
    this.#asked = false;
  }

  #wait(waitingFor: readonly Waiting[]): void {
    if (this.#since === undefined) this.#begin();
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
