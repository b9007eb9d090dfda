import type { LessonState, ObjectiveState } from '@k8s-ingress-sandbox/sim-core/wire';
import { effect, type Signal, signal } from '@preact/signals';
import type { Timers } from '../feed/timers.ts';
import type { Store } from '../state/store.ts';
import { type Transport, TransportError } from '../transport/transport.ts';

/** Objectives follow the cluster soon, and what is measured now and then. */
const SOON_MS = 250;
const AGAIN_MS = 2000;

/** The lesson of this run, looked at again whenever something may have changed. */
export class LessonSession {
  /** Undefined: not known yet, or there is none. */
  readonly state: Signal<LessonState | undefined> = signal(undefined);
  /** How many hints of each objective were asked for. */
  readonly hints: Signal<ReadonlyMap<string, number>> = signal(new Map());
  readonly #transport: Transport;
  readonly #timers: Timers;
  #cancel = (): void => {};
  #dueAt = Number.POSITIVE_INFINITY;
  #isOver = false;
  #isResting = false;

  constructor(transport: Transport, timers: Timers, store: Store) {
    this.#transport = transport;
    this.#timers = timers;
    effect(() => {
      void store.parts.rev.value;
      if (store.ready.value && store.frozenAt.value === undefined) this.#within(SOON_MS);
    });
  }

  hint({ id, hints }: ObjectiveState): void {
    const shown = Math.min(hints.length, (this.hints.peek().get(id) ?? 0) + 1);
    this.hints.value = new Map(this.hints.peek()).set(id, shown);
  }

  /** Nobody sees the page: nothing is looked at until {@link look}. */
  rest(): void {
    this.#isResting = true;
    this.#cancel();
  }

  /** Looks now. */
  async look(): Promise<void> {
    this.#isResting = false;
    this.#cancel();
    this.#dueAt = Number.POSITIVE_INFINITY;
    try {
      this.state.value = await this.#transport.call<LessonState>('GET', '/lesson');
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      const known = this.state.peek();
      // A run without a lesson never gets one.
      if (!known && error.problem === 'refused') this.#isOver = true;
      if (known)
        this.state.value = { ...known, objectives: known.objectives.map((one) => unknown(one, error.message)) };
    }
    this.#within(AGAIN_MS);
  }

  #within(milliseconds: number): void {
    const at = this.#timers.now() + milliseconds;
    if (this.#isOver || this.#isResting || at >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = at;
    this.#cancel = this.#timers.after(milliseconds, () => void this.look());
  }
}

/** Nobody's work counts as unfinished because nobody could look at it. */
function unknown(objective: ObjectiveState, message: string): ObjectiveState {
  const { progress: _, ...rest } = objective;
  return { ...rest, result: 'could-not-check', message };
}
