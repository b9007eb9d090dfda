import type { Store, StoreEvent } from '../../etcd/store.ts';

/** Changes that are kept for clients who were away. */
const KEPT = 10_000;

interface Change {
  readonly resource: string;
  readonly event: StoreEvent;
}

type Handler = (event: StoreEvent) => void;

/**
 * The last changes of the store, and who watches it (k8s.io/apiserver/pkg/storage/cacher). Nothing is kept before `start`:
 * a cluster that no client asks pays nothing.
 */
export class WatchHistory {
  readonly #store: Store;
  readonly #changes: Change[] = [];
  readonly #handlers = new Map<string, Set<Handler>>();
  /** Changes up to this revision are not known any more; undefined before the start. */
  #forgottenUpTo: number | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Begins to keep changes; called again it does nothing. */
  start(): void {
    if (this.#forgottenUpTo !== undefined) return;
    this.#forgottenUpTo = this.#store.revision;
    this.#store.watch((resource, event) => this.#record(resource, event));
  }

  /** The oldest revision from which changes can be told. */
  get oldest(): number {
    return this.#forgottenUpTo ?? this.#store.revision;
  }

  /** Changes of a resource after a revision; undefined: too long ago. */
  since(resource: string, revision: number): StoreEvent[] | undefined {
    if (revision < this.oldest) return undefined;
    const first = this.#firstAfter(revision);
    return this.#changes
      .slice(first)
      .filter((change) => change.resource === resource)
      .map(({ event }) => event);
  }

  /** Calls `handler` after every change of the resource from now on. Returns how to stop. */
  subscribe(resource: string, handler: Handler): () => void {
    const handlers = this.#handlers.get(resource) ?? new Set<Handler>();
    this.#handlers.set(resource, handlers);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  #record(resource: string, event: StoreEvent): void {
    this.#changes.push({ resource, event });
    // Half at once, so that a full memory costs a step now and then, not at each change.
    if (this.#changes.length > 2 * KEPT) {
      const dropped = this.#changes.splice(0, KEPT);
      this.#forgottenUpTo = dropped.at(-1)?.event.revision ?? this.oldest;
    }
    const handlers = this.#handlers.get(resource);
    if (handlers !== undefined) for (const handler of [...handlers]) handler(event);
  }

  #firstAfter(revision: number): number {
    let [low, high] = [0, this.#changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle] as Change).event.revision <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
