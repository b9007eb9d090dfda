/** A connection that may be waited for too long. */
export interface Limited {
  /** When its time is over, milliseconds since the epoch; Infinity while nobody waits. */
  readonly deadline: number;
  timedOut(): void;
}

/** How often is looked, in milliseconds. */
const INTERVAL = 1000;

/** Ends connections whose client lets others wait. One timer for all: most connections never come near their time. */
export class Deadlines {
  readonly #limited = new Set<Limited>();
  #timer: NodeJS.Timeout | undefined;

  add(limited: Limited): void {
    this.#limited.add(limited);
    this.#timer ??= setInterval(() => this.check(Date.now()), INTERVAL).unref();
  }

  delete(limited: Limited): void {
    this.#limited.delete(limited);
    if (this.#limited.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Ends what is late at this time. */
  check(now: number): void {
    for (const each of [...this.#limited]) if (each.deadline <= now) each.timedOut();
  }
}
