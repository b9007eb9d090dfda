import { PendingError } from '../../../apimachinery/pending-error.ts';
import type { StatusError } from '../../../apimachinery/status-error.ts';

/** One question of a write. */
export interface Question<T> {
  /** Tells it from the others of the same piece of work; the same when the work is done again. */
  readonly key: string;
  /** Puts it; calls back once, before this returns where nothing takes time. */
  ask(done: (answer: T) => void): void;
  /** What who cannot wait is told. */
  late(): StatusError;
}

/** What one piece of work has asked, and was told. */
class Conversation<T> {
  readonly answers = new Map<string, T>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Whether the answer to that question is on its way. */
  expects(key: string): boolean {
    return this.#waiting.has(key);
  }

  expect(key: string): void {
    this.#waiting.set(key, []);
  }

  answer(key: string, answer: T): void {
    this.answers.set(key, answer);
    const callbacks = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const callback of callbacks) callback();
  }

  whenAnswered(key: string, callback: () => void): void {
    const callbacks = this.#waiting.get(key);
    if (callbacks === undefined) callback();
    else callbacks.push(callback);
  }
}

/**
 * Questions that may take time, asked from synchronous work. Where the answer comes at once it is returned; else the work
 * breaks off with a {@link PendingError}, and finds the answer when it is done again (docs/decisions/0012).
 */
export class Conversations<T> {
  #current: Conversation<T> | undefined;

  /** @throws PendingError */
  ask(question: Question<T>): T {
    const { key } = question;
    const conversation = this.#current ?? new Conversation<T>();
    const known = conversation.answers.get(key);
    if (known !== undefined) return known;
    if (!conversation.expects(key)) {
      let atOnce: T | undefined;
      let returned = false;
      question.ask((answer) => {
        if (returned) conversation.answer(key, answer);
        else atOnce = answer;
      });
      returned = true;
      if (atOnce !== undefined) return atOnce;
      conversation.expect(key);
    }
    const again = <R>(work: () => R) => this.#within(conversation, work);
    throw new PendingError(question.late(), again, (callback) => conversation.whenAnswered(key, callback));
  }

  /** Questions of this work are waited for together. */
  together<R>(work: () => R): R {
    return this.#within(this.#current ?? new Conversation<T>(), work);
  }

  #within<R>(conversation: Conversation<T>, work: () => R): R {
    const outer = this.#current;
    this.#current = conversation;
    try {
      return work();
    } finally {
      this.#current = outer;
    }
  }
}
