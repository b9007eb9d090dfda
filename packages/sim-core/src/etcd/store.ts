import { deepFreeze } from '../apimachinery/deep.ts';
import { controllerOf, type KubeObject } from '../apimachinery/object-meta.ts';

/** One change of the store, in revision order. */
export interface StoreEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The object after the change; for DELETED its last state. */
  readonly object: T;
  /** What was stored before, absent for ADDED. */
  readonly previous?: T;
  readonly revision: number;
}

export type StoreWatcher = (resource: string, event: StoreEvent) => void;

/** The objects of one resource, with the two indexes that controllers ask for. */
class Table {
  readonly byNamespace = new Map<string, Map<string, KubeObject>>();
  readonly byController = new Map<string, Map<string, KubeObject>>();

  set(namespace: string, name: string, object: KubeObject, previous: KubeObject | undefined): void {
    const names = this.byNamespace.get(namespace) ?? new Map<string, KubeObject>();
    this.byNamespace.set(namespace, names);
    names.set(name, object);
    const owner = controllerOf(object)?.uid;
    const oldOwner = previous && controllerOf(previous)?.uid;
    if (oldOwner !== undefined && oldOwner !== owner) this.#forget(oldOwner, namespace, name);
    if (owner === undefined) return;
    const owned = this.byController.get(owner) ?? new Map<string, KubeObject>();
    this.byController.set(owner, owned);
    owned.set(`${namespace}/${name}`, object);
  }

  delete(namespace: string, name: string, previous: KubeObject): void {
    const names = this.byNamespace.get(namespace);
    names?.delete(name);
    if (names?.size === 0) this.byNamespace.delete(namespace);
    const owner = controllerOf(previous)?.uid;
    if (owner !== undefined) this.#forget(owner, namespace, name);
  }

  #forget(owner: string, namespace: string, name: string): void {
    const owned = this.byController.get(owner);
    owned?.delete(`${namespace}/${name}`);
    if (owned?.size === 0) this.byController.delete(owner);
  }
}

/**
 * The cluster's memory: objects by resource, namespace and name, one revision counter, and watchers. What it holds is
 * frozen; only the API server writes here.
 */
export class Store {
  #revision = 0;
  #size = 0;
  readonly #tables = new Map<string, Table>();
  readonly #watchers: StoreWatcher[] = [];

  /** Revision of the newest change; every write adds one. */
  get revision(): number {
    return this.#revision;
  }

  get(resource: string, namespace: string, name: string): KubeObject | undefined {
    return this.#tables.get(resource)?.byNamespace.get(namespace)?.get(name);
  }

  /** Objects of one resource, of one namespace or (undefined) of all, in the order in which they were created. */
  list(resource: string, namespace?: string): KubeObject[] {
    const table = this.#tables.get(resource);
    if (table === undefined) return [];
    if (namespace !== undefined) return [...(table.byNamespace.get(namespace)?.values() ?? [])];
    return [...table.byNamespace.values()].flatMap((names) => [...names.values()]);
  }

  /** Objects whose controller (ownerReference with controller: true) has this uid. */
  listControlledBy(resource: string, ownerUid: string): KubeObject[] {
    return [...(this.#tables.get(resource)?.byController.get(ownerUid)?.values() ?? [])];
  }

  /** How many objects there are. */
  get size(): number {
    return this.#size;
  }

  /** Resources that hold or held objects. */
  resources(): string[] {
    return [...this.#tables.keys()];
  }

  /** Stores the object under the next revision, which becomes its resourceVersion. The object becomes read-only. */
  put<T extends KubeObject>(resource: string, object: T): T {
    const { namespace = '', name } = object.metadata;
    const table = this.#table(resource);
    const previous = table.byNamespace.get(namespace)?.get(name);
    object.metadata.resourceVersion = String(++this.#revision);
    const stored = deepFreeze(object);
    table.set(namespace, name, stored, previous);
    if (previous === undefined) this.#size++;
    this.#notify(resource, {
      type: previous ? 'MODIFIED' : 'ADDED',
      object: stored,
      previous,
      revision: this.#revision,
    });
    return stored;
  }

  /** Takes the object out; returns its last state under the revision of the removal. */
  remove(resource: string, namespace: string, name: string): KubeObject | undefined {
    const table = this.#table(resource);
    const previous = table.byNamespace.get(namespace)?.get(name);
    if (previous === undefined) return undefined;
    const revision = ++this.#revision;
    const last = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
    table.delete(namespace, name, previous);
    this.#size--;
    this.#notify(resource, { type: 'DELETED', object: deepFreeze(last), previous, revision });
    return last;
  }

  /** Calls `watcher` after every change, in the order in which watchers were added. Returns how to stop. */
  watch(watcher: StoreWatcher): () => void {
    this.#watchers.push(watcher);
    return () => {
      const index = this.#watchers.indexOf(watcher);
      if (index >= 0) this.#watchers.splice(index, 1);
    };
  }

  #table(resource: string): Table {
    let table = this.#tables.get(resource);
    if (table === undefined) {
      table = new Table();
      this.#tables.set(resource, table);
    }
    return table;
  }

  #notify(resource: string, event: StoreEvent): void {
    for (const watcher of [...this.#watchers]) watcher(resource, event);
  }
}
