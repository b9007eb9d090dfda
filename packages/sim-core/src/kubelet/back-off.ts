/**
 * A delay that doubles with every failure, from `initial` to `longest`, and starts over after `2 × longest` without one
 * (k8s.io/client-go/util/flowcontrol/backoff.go; the kubelet's are 10 s and 5 min, without jitter). All times in milliseconds.
 */
export class BackOff {
  readonly #initial: number;
  readonly #longest: number;
  #delay = 0;
  #updated = 0;

  constructor(initial: number, longest: number) {
    this.#initial = initial;
    this.#longest = longest;
  }

  /** The present delay; 0 before the first failure. */
  get delay(): number {
    return this.#delay;
  }

  /** How long to wait still after a failure at `failedAt`; 0: go ahead (IsInBackOffSince). */
  remaining(failedAt: number, now: number): number {
    if (this.#delay === 0 || this.#expired(failedAt)) return 0;
    return Math.max(0, this.#delay - (now - failedAt));
  }

  /** The next attempt begins now, after a failure at `failedAt`: its successor waits longer (Next). */
  next(failedAt: number, now: number): void {
    const startsOver = this.#delay === 0 || this.#expired(failedAt);
    this.#delay = startsOver ? this.#initial : Math.min(this.#delay * 2, this.#longest);
    this.#updated = now;
  }

  #expired(failedAt: number): boolean {
    return failedAt - this.#updated > 2 * this.#longest;
  }
}
