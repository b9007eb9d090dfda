import type { Timers } from '../feed/timers.ts';

/** A screen reader hears at most one message in this time; of several waiting, the last one. */
const PAUSE_MS = 5000;

/** Passes messages on with pauses between them. */
export class Announcements {
  readonly #timers: Timers;
  readonly #speak: (text: string) => void;
  #spokeAt = Number.NEGATIVE_INFINITY;
  #next: string | undefined;

  constructor(timers: Timers, speak: (text: string) => void) {
    this.#timers = timers;
    this.#speak = speak;
  }

  say(text: string): void {
    const isWaiting = this.#next !== undefined;
    this.#next = text;
    if (isWaiting) return;
    const wait = Math.max(0, this.#spokeAt + PAUSE_MS - this.#timers.now());
    this.#timers.after(wait, () => {
      this.#spokeAt = this.#timers.now();
      const spoken = this.#next ?? '';
      this.#next = undefined;
      this.#speak(spoken);
    });
  }
}
