/** The page's own time, handed in so that tests can run it by hand. */
export interface Timers {
  /** Milliseconds, only growing. */
  now(): number;
  /** @returns a function that cancels it */
  after(milliseconds: number, act: () => void): () => void;
  /** @returns a number in [0, 1) */
  random(): number;
}

export function browserTimers(): Timers {
  return {
    now: () => performance.now(),
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}
