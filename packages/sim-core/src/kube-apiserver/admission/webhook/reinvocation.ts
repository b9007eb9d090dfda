import { deepCopy, deepEqual } from '../../../apimachinery/deep.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';

/**
 * What mutating webhooks have done to one write: where one of them changed the object, the admission plugins run once more,
 * and with them the earlier webhooks that ask for it (webhook/mutating/reinvocationcontext.go, admission/reinvocation.go).
 */
export class Reinvocation {
  /** Whether this is the second round. */
  isAgain = false;
  /** Whether there is to be one. */
  wanted = false;
  #asked = new Set<string>();
  readonly #due = new Set<string>();
  #output: KubeObject | undefined;

  /** The second round begins. */
  begin(): void {
    this.isAgain = true;
    this.wanted = false;
  }

  /** Webhooks come to their turn: what other plugins changed since the last round is a reason to ask all again. */
  enter(object: KubeObject): void {
    if (this.isAgain && !deepEqual(this.#output, object)) this.#askAgain();
  }

  /** Whether a webhook is asked now. */
  isDue(id: string): boolean {
    return !this.isAgain || this.#due.has(id);
  }

  /** A webhook that may be asked again was asked. */
  asked(id: string): void {
    this.#asked.add(id);
  }

  /** The webhook that was just asked has changed the object. */
  changed(): void {
    this.#askAgain();
    this.wanted = true;
  }

  leave(object: KubeObject): void {
    this.#output = deepCopy(object);
  }

  #askAgain(): void {
    for (const id of this.#asked) this.#due.add(id);
    this.#asked = new Set();
  }
}
