import type { Pod } from '../api/core-v1/pod.ts';
import { groupResource, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { Store, StoreEvent } from '../etcd/store.ts';
import type { Registry } from '../kube-apiserver/registry.ts';
import type { DeleteOptions } from '../kube-apiserver/write-options.ts';

/** A copy of T whose members may be written: what a reconcile prepares before it writes. */
export type Draft<T> = T extends object ? { -readonly [K in keyof T]: Draft<T[K]> } : T;

/**
 * How components talk to the API server: reads come from the store (what an informer's cache would hold), writes go
 * through the registry. Objects that come out are frozen: build a new object to change one.
 */
export class Client {
  readonly #store: Store;
  readonly #registry: Registry;
  readonly #user: string;

  /** @param user name under which the component writes (`system:kube-scheduler` …) */
  constructor(store: Store, registry: Registry, user: string) {
    this.#store = store;
    this.#registry = registry;
    this.#user = user;
  }

  get<T extends KubeObject>(kind: Kind<T>, namespace: string, name: string): T | undefined {
    return this.#store.get(groupResource(kind), namespace, name) as T | undefined;
  }

  /** Objects of a kind, of one namespace or (undefined) of all. */
  list<T extends KubeObject>(kind: Kind<T>, namespace?: string): T[] {
    return this.#store.list(groupResource(kind), namespace) as T[];
  }

  /** Objects that `owner` controls. */
  listControlledBy<T extends KubeObject>(kind: Kind<T>, owner: KubeObject): T[] {
    return this.#store.listControlledBy(groupResource(kind), owner.metadata.uid ?? '') as T[];
  }

  /** @throws StatusError as the API server would answer */
  create<T extends KubeObject>(kind: Kind<T>, object: T): T {
    return this.#registry.create(kind, object, { user: this.#user, trusted: true });
  }

  /** Writes everything but status. A write that changes nothing leaves the revision alone. @throws StatusError */
  update<T extends KubeObject>(kind: Kind<T>, object: T): T {
    return this.#registry.update(kind, object, { user: this.#user, trusted: true });
  }

  /** Writes how many replicas there are to be, and owns that through the scale subresource. @throws StatusError */
  scale<T extends KubeObject>(kind: Kind<T>, object: T, replicas: number): T {
    const scaled = kind.scale?.withReplicas(object, replicas) ?? object;
    return this.#registry.update(kind, scaled, { user: this.#user, trusted: true, subresource: 'scale' });
  }

  /** Writes status only. @throws StatusError */
  updateStatus<T extends KubeObject>(kind: Kind<T>, object: T): T {
    return this.#registry.updateStatus(kind, object, { user: this.#user, trusted: true });
  }

  /** Puts a pod on a node. @throws StatusError */
  bind(pod: Pod, nodeName: string): Pod {
    return this.#registry.bind(pod, nodeName);
  }

  /** Takes off what holds a namespace in its spec. @throws StatusError */
  finalize<T extends KubeObject & { spec?: { finalizers?: string[] } }>(kind: Kind<T>, object: T): T {
    return this.#registry.finalize(kind, object);
  }

  /** Deletes; an object that is gone already is no error. @throws StatusError */
  delete<T extends KubeObject>(kind: Kind<T>, namespace: string, name: string, options: DeleteOptions = {}): void {
    if (this.get(kind, namespace, name) !== undefined) this.#registry.delete(kind, namespace, name, options);
  }

  /** Calls `handler` after every change of the kind. Returns how to stop. */
  watch<T extends KubeObject>(kind: Kind<T>, handler: (event: StoreEvent<T>) => void): () => void {
    const watched = groupResource(kind);
    return this.#store.watch((resource, event) => {
      if (resource === watched) handler(event as StoreEvent<T>);
    });
  }

  /** Revision of the newest change in the store. */
  get revision(): number {
    return this.#store.revision;
  }
}
