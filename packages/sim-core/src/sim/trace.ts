/** One thing that happened, and what caused it. */
export interface TraceEntry {
  /** Cluster time in milliseconds. */
  readonly at: number;
  /** Component that acted: `deployment-controller`, `kubelet`, `ingress-nginx` … */
  readonly by: string;
  /** What happened, in a short sentence. */
  readonly what: string;
  /** Object that it happened to, `Kind namespace/name`. */
  readonly object?: string;
  /** Store revision after it happened. */
  readonly revision?: number;
}

/** Append-only record of what happened and why, bounded: the oldest entries leave first. */
export class Trace {
  readonly #entries: TraceEntry[] = [];
  readonly #capacity: number;
  #dropped = 0;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  add(entry: TraceEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length < 2 * this.#capacity) return;
    this.#dropped += this.#capacity;
    this.#entries.splice(0, this.#capacity);
  }

  /** Entries from the oldest that is still kept to the newest. */
  entries(): readonly TraceEntry[] {
    return this.#entries;
  }

  /** How many entries have left. */
  get dropped(): number {
    return this.#dropped;
  }
}
