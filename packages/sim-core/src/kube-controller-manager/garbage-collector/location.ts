import { apiVersionOf, groupResource, type Kind } from '../../apimachinery/kind.ts';
import { type KubeObject, keyOf, type NamespacedName, type OwnerReference } from '../../apimachinery/object-meta.ts';

/** Where an object of any kind is. */
export interface Location {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** The kinds that are looked after, found by how keys and references name them. */
export class KindTable {
  readonly #byResource: ReadonlyMap<string, Kind>;
  readonly #byReference: ReadonlyMap<string, Kind>;

  constructor(kinds: readonly Kind[]) {
    const storedBy = (kind: Kind) => kind.stored?.kind ?? kind;
    this.#byResource = new Map(kinds.map((kind) => [groupResource(storedBy(kind)), storedBy(kind)]));
    this.#byReference = new Map(kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, storedBy(kind)]));
  }

  /** Where the owner is, seen from an object in `namespace`; undefined for a kind that is not known here. */
  ownerLocation({ apiVersion, kind, name }: OwnerReference, namespace: string): Location | undefined {
    const found = this.#byReference.get(`${apiVersion} ${kind}`);
    return found === undefined ? undefined : { kind: found, namespace: found.namespaced ? namespace : '', name };
  }

  /** Reads a key that {@link keyFor} wrote. Undefined for a plain namespace name. */
  locationOf({ namespace, name }: NamespacedName): Location | undefined {
    const slash = name.indexOf('/');
    const resource = slash < 0 ? namespace : name.slice(0, slash);
    const kind = this.#byResource.get(resource);
    if (kind === undefined || namespace === '') return undefined;
    return slash < 0 ? { kind, namespace: '', name } : { kind, namespace, name: name.slice(slash + 1) };
  }
}

/** The key of an object of any kind: `namespace/resource/name`, or `resource/name` for cluster-scoped ones. */
export function keyFor({ kind, namespace, name }: Location): NamespacedName {
  const qualified = keyOf(groupResource(kind), name);
  return namespace === '' ? { namespace: groupResource(kind), name } : { namespace, name: qualified };
}

/** Where the object is. */
export function locationFor(kind: Kind, { metadata }: KubeObject): Location {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name };
}
