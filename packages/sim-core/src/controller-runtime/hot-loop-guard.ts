import type { Store } from '../etcd/store.ts';

/** Rounds that a settle may always take. */
const LEAST_ROUNDS = 1000;
/** Further rounds for each stored object: a rollout that replaces its pods one by one takes a handful for each. */
const ROUNDS_PER_OBJECT = 20;
/** Objects made by the settle itself count up to here: one that never stops making them must end too. */
const MOST_NEW_OBJECTS = 2000;

/**
 * Tells work from a loop: in every round each controller looks once at whatever changed for it, so that work ends after a
 * number of rounds that grows with the cluster, and a loop does not end.
 */
export class HotLoopGuard {
  readonly #store: Pick<Store, 'size'>;
  readonly #sizeBefore: number;
  #rounds = 0;

  constructor(store: Pick<Store, 'size'>) {
    this.#store = store;
    this.#sizeBefore = store.size;
  }

  /**
   * @param waiting names what still has work
   * @throws Error when this cannot be work any more
   */
  nextRound(waiting: () => readonly string[]): void {
    if (++this.#rounds <= LEAST_ROUNDS) return;
    const objects = Math.min(this.#store.size, this.#sizeBefore + MOST_NEW_OBJECTS);
    if (this.#rounds <= LEAST_ROUNDS + ROUNDS_PER_OBJECT * objects) return;
    const names = waiting().join(', ');
    throw new Error(`never settles: after ${this.#rounds} rounds still at work: ${names}. Each changes what it reads`);
  }
}
