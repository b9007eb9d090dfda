import { type Pod, pods } from '../api/core-v1/pod.ts';
import { controllerOf, keyOf } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';

/**
 * The pods that no controller owns, by namespace, kept up to date from the first question on. Without it every
 * ReplicaSet would look at every pod of its namespace (pkg/controller/controller_utils.go, AddPodControllerIndexer).
 */
export class OrphanPods {
  readonly #byNamespace = new Map<string, Map<string, Pod>>();
  #client: Client | undefined;

  /** Orphans of a namespace, finished and terminating ones included. */
  in(namespace: string, client: Client): Pod[] {
    if (this.#client === undefined) this.#follow(client);
    return [...(this.#byNamespace.get(namespace)?.values() ?? [])];
  }

  #follow(client: Client): void {
    this.#client = client;
    for (const pod of client.list(pods)) this.#observe(pod);
    client.watch(pods, ({ type, object }) => (type === 'DELETED' ? this.#forget(object) : this.#observe(object)));
  }

  #observe(pod: Pod): void {
    if (controllerOf(pod) !== undefined) return this.#forget(pod);
    const { namespace = '', name } = pod.metadata;
    const orphans = this.#byNamespace.get(namespace) ?? new Map<string, Pod>();
    this.#byNamespace.set(namespace, orphans);
    orphans.set(keyOf(namespace, name), pod);
  }

  #forget(pod: Pod): void {
    const { namespace = '', name } = pod.metadata;
    this.#byNamespace.get(namespace)?.delete(keyOf(namespace, name));
  }
}
