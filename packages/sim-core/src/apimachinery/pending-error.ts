import { StatusError } from './status-error.ts';

/**
 * Thrown by a write that has to wait for somebody outside of the control plane: a webhook that takes its time. Writes are
 * synchronous, so who can wait does it out there and then does its work once more, see {@link PendingError.again}; for who
 * cannot, this is the refusal that a client hears whose patience is at its end.
 */
export class PendingError extends StatusError {
  readonly #again: <T>(work: () => T) => T;
  readonly #whenReady: (callback: () => void) => void;

  /**
   * @param late what it says to those who do not wait
   * @param again does work in the knowledge of what was answered meanwhile
   * @param whenReady calls back once, when the answer is there or will never be
   */
  constructor(late: StatusError, again: <T>(work: () => T) => T, whenReady: (callback: () => void) => void) {
    super(late.status);
    this.name = 'PendingError';
    this.#again = again;
    this.#whenReady = whenReady;
  }

  /** Does the work from its beginning, in the knowledge of every answer so far. It may have to wait for the next one. */
  again<T>(work: () => T): T {
    return this.#again(work);
  }

  /** Calls back once, from outside of this call, when it is worth doing the work again. */
  whenReady(callback: () => void): void {
    this.#whenReady(callback);
  }
}
