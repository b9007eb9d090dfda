import type { Timers } from '../feed/timers.ts';

/** The page's time, moved by hand. */
export class ManualTimers implements Timers {
  #now = 0;
  #queue: { at: number; act: () => void }[] = [];
  readonly #random: () => number;

  constructor(random: () => number = () => 0.5) {
    this.#random = random;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.#random();
  }

  after(milliseconds: number, act: () => void): () => void {
    const entry = { at: this.#now + milliseconds, act };
    this.#queue.push(entry);
    return () => {
      this.#queue = this.#queue.filter((other) => other !== entry);
    };
  }

  /** Runs what is due, in order of time, and lets promises settle behind each. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settlePromises();
    for (;;) {
      const next = this.#queue.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#queue = this.#queue.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
      await settlePromises();
    }
    this.#now = end;
  }
}

async function settlePromises(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
