import type { LessonState, ObjectiveState } from '@k8s-ingress-sandbox/sim-core/wire';
import { effect, type Signal, signal } from '@preact/signals';
import type { Timers } from '../feed/timers.ts';
import type { Store } from '../state/store.ts';
import { type Transport, TransportError } from '../transport/transport.ts';

/** Objectives follow the cluster soon; what is still being looked at is asked for again. */
const SOON_MS = 250;
const CHECKING_MS = 400;
const UNREACHABLE_MS = 3000;

/** The lesson of this run: asked for when the cluster has changed, and not otherwise. */
export class LessonSession {
  /** Undefined: not known yet, or there is none. */
  readonly state: Signal<LessonState | undefined> = signal(undefined);
  /** How many hints of each objective were asked for. */
  readonly hints: Signal<ReadonlyMap<string, number>> = signal(new Map());
  /** Title of the objective that was reached last. */
  readonly reached: Signal<string> = signal('');
  readonly #transport: Transport;
  readonly #timers: Timers;
  readonly #store: Store;
  #cancel = (): void => {};
  #dueAt = Number.POSITIVE_INFINITY;
  /** The scenario that has no lesson. */
  #without: string | undefined;
  #isResting = false;
  /** Which question was asked last: answers to earlier ones are old. */
  #round = 0;

  constructor(transport: Transport, timers: Timers, store: Store) {
    this.#transport = transport;
    this.#timers = timers;
    this.#store = store;
    effect(() => {
      void store.parts.rev.value;
      void store.parts.status.value.scenario;
      if (store.ready.value && store.frozenAt.value === undefined) this.#within(SOON_MS);
    });
  }

  hint({ id, hints }: ObjectiveState): void {
    const shown = Math.min(hints.length, (this.hints.peek().get(id) ?? 0) + 1);
    this.hints.value = new Map(this.hints.peek()).set(id, shown);
  }

  /** Nobody sees the page: nothing is looked at until {@link wake}. */
  rest(): void {
    this.#isResting = true;
    this.#cancel();
  }

  /** Somebody sees it again. */
  wake(): void {
    this.#isResting = false;
    this.#within(SOON_MS);
  }

  /** Asks how it stands. */
  look(): Promise<void> {
    return this.#ask(() => this.#transport.lesson());
  }

  /** Has it looked at once more, changed or not. */
  check(): Promise<void> {
    const known = this.state.peek();
    if (known) this.state.value = { ...known, isChecking: true };
    return this.#ask(() => this.#transport.checkLesson());
  }

  async #ask(ask: () => Promise<LessonState>): Promise<void> {
    this.#isResting = false;
    this.#cancel();
    this.#dueAt = Number.POSITIVE_INFINITY;
    const round = ++this.#round;
    try {
      const state = await ask();
      if (round === this.#round) this.#take(state);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (round === this.#round) this.#failed(error);
    }
  }

  #take(state: LessonState): void {
    const before = this.state.peek();
    this.state.value = state;
    this.#without = undefined;
    if (before?.id !== state.id) this.hints.value = new Map();
    else this.#tellReached(before.objectives, state.objectives);
    if (state.isChecking) this.#within(CHECKING_MS);
  }

  #tellReached(before: readonly ObjectiveState[], now: readonly ObjectiveState[]): void {
    const open = new Set(before.flatMap(({ id, result }) => (result === 'pass' ? [] : [id])));
    const reached = now.findLast(({ id, result }) => result === 'pass' && open.has(id));
    if (reached) this.reached.value = reached.title;
  }

  #failed({ problem, message }: TransportError): void {
    const known = this.state.peek();
    if (problem === 'refused') this.#without = this.#store.parts.status.peek().scenario;
    this.#within(UNREACHABLE_MS);
    if (!known) return;
    const objectives = known.objectives.map((one) => unknown(one, message));
    this.state.value = problem === 'refused' ? undefined : { ...known, objectives, isChecking: false };
  }

  #within(milliseconds: number): void {
    const at = this.#timers.now() + milliseconds;
    const isOver = this.#without === this.#store.parts.status.peek().scenario;
    if (isOver || this.#isResting || at >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = at;
    this.#cancel = this.#timers.after(milliseconds, () => void this.look());
  }
}

/** Nobody's work counts as unfinished because nobody could look at it. */
function unknown(objective: ObjectiveState, message: string): ObjectiveState {
  return { ...objective, result: 'could-not-check', message, hints: [] };
}
