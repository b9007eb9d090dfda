import type { Cluster } from '../../index.ts';
import type { RunConsole } from './run-console.ts';

/** Quiet time after a change before the state is judged, milliseconds. */
const DEBOUNCE = 20;
/** Cluster time after which what has not settled is reported, milliseconds. */
const PATIENCE = 60_000;

/** Reports when the cluster has settled after a change, or what it still waits for once a minute has passed. */
export class SettleWatch {
  readonly #cluster: Cluster;
  readonly #console: RunConsole;
  readonly #judged: () => void;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reported = -1;
  #since = 0;
  #complained = false;
  #active = false;

  /** @param judged called after each report: the time to look for what is wrong */
  constructor(cluster: Cluster, console: RunConsole, judged: () => void) {
    this.#cluster = cluster;
    this.#console = console;
    this.#judged = judged;
    this.#stop = cluster.onSettled(() => this.#schedule());
  }

  /** A change was made on purpose: judge the state from now on, even if nothing moved. */
  changed(): void {
    this.#active = true;
    this.#complained = false;
    this.#since = this.#cluster.clock.now();
    this.#schedule();
  }

  stop(): void {
    this.#stop();
    if (this.#timer !== undefined) clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#judge(), DEBOUNCE);
  }

  #judge(): void {
    this.#timer = undefined;
    const waitingFor = this.#cluster.waitingFor();
    const rev = this.#cluster.client.revision;
    if (waitingFor.length === 0) {
      if (this.#active) {
        this.#console.settled({ ok: true, rev, waitingFor });
        this.#judged();
      }
      this.#active = false;
      this.#reported = rev;
      return;
    }
    if (!this.#active && rev !== this.#reported) {
      this.#active = true;
      this.#since = this.#cluster.clock.now();
    }
    if (!this.#active || this.#complained) return;
    if (this.#cluster.clock.now() - this.#since >= PATIENCE) {
      this.#complained = true;
      this.#console.settled({ ok: false, rev, waitingFor });
      this.#judged();
      return;
    }
    this.#timer = setTimeout(() => this.#judge(), 1000);
  }
}
