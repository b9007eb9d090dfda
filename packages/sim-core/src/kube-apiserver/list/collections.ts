import { groupResource, type Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Store } from '../../etcd/store.ts';
import type { ComputedKind } from '../computed.ts';
import { storedKind } from '../stored-version.ts';

/** Objects of one resource at one revision, in the order of their keys. */
export interface Collection {
  readonly revision: number;
  readonly objects: readonly KubeObject[];
}

/** Lists that are kept for clients that read them in pieces. */
const KEPT = 8;

/** Where the objects of a kind are stored: those of another version stand under the stored kind. */
export function storedResource(kind: Kind): string {
  return groupResource(storedKind(kind));
}

/**
 * Collections in etcd's order, by namespace and name. The last few are kept, so that a client which reads ten thousand
 * pods in twenty pieces sees one moment and sorts once.
 */
export class Collections {
  readonly #store: Store;
  readonly #computed: readonly ComputedKind[];
  readonly #kept: (Collection & { readonly resource: string })[] = [];

  constructor(store: Store, computed: readonly ComputedKind[] = []) {
    this.#store = store;
    this.#computed = computed;
  }

  /** All objects of a kind, as they are now. */
  now(kind: Kind): Collection {
    const resource = storedResource(kind);
    const { revision } = this.#store;
    const computed = this.#computed.find((each) => each.kind === kind);
    if (computed !== undefined) return { revision, objects: computed.list(undefined) };
    const kept = this.#kept.find((each) => each.resource === resource && each.revision === revision);
    if (kept !== undefined) return kept;
    const objects = this.#store.list(resource).sort(byKey);
    const taken = { resource, revision, objects };
    this.#kept.unshift(taken);
    if (this.#kept.length > KEPT) this.#kept.pop();
    return taken;
  }

  /** One object of a kind; undefined: there is none. */
  get(kind: Kind, namespace: string, name: string): KubeObject | undefined {
    const computed = this.#computed.find((each) => each.kind === kind);
    return computed?.get(namespace, name) ?? this.#store.get(storedResource(kind), namespace, name);
  }

  /** The objects of a kind at an earlier revision, while somebody still reads them; undefined: forgotten. */
  at(kind: Kind, revision: number): Collection | undefined {
    const resource = storedResource(kind);
    return this.#kept.find((each) => each.resource === resource && each.revision === revision);
  }
}

function byKey({ metadata: a }: KubeObject, { metadata: b }: KubeObject): number {
  const [spaceA = '', spaceB = ''] = [a.namespace, b.namespace];
  if (spaceA !== spaceB) return spaceA < spaceB ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
