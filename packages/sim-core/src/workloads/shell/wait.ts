/** What a run waits for: time (Infinity: for good), or an answer, which may be there at once. */
export type Wait = { readonly milliseconds: number } | { readonly answer: (done: (answer: unknown) => void) => void };

/** Something under way that yields what it waits for and ends with a value. */
export type Waiting<T> = Generator<Wait, T, unknown>;

/** A command under way: ends with its exit status. */
export type Run = Waiting<number>;

/** Waits for so many milliseconds of cluster time. */
export function* pause(milliseconds: number): Waiting<void> {
  yield { milliseconds };
}

/** Waits for an answer. */
export function* answerOf<T>(ask: (done: (answer: T) => void) => void): Waiting<T> {
  return (yield { answer: ask as (done: (answer: unknown) => void) => void }) as T;
}
