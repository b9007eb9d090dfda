const FIRST = 1000;
const LONGEST = 900_000;

/** How long a failed pod of a node is left lying before it is replaced: longer each time (client-go/util/flowcontrol Backoff). */
export class FailedPodBackOff {
  readonly #entries = new Map<string, { readonly delay: number; readonly at: number }>();

  /** Milliseconds to wait; 0 lets the caller act now, and makes the next wait longer. */
  wait(key: string, now: number): number {
    const entry = this.#entries.get(key);
    const isFresh = entry !== undefined && now - entry.at <= 2 * LONGEST;
    if (isFresh && now - entry.at < entry.delay) return entry.at + entry.delay - now;
    this.#entries.set(key, { delay: isFresh ? Math.min(entry.delay * 2, LONGEST) : FIRST, at: now });
    return 0;
  }
}
