import { deepEqual } from '../../apimachinery/deep.ts';
import type { KubeObject, OwnerReference } from '../../apimachinery/object-meta.ts';

/** An object that has owners, and where it is. */
export interface Dependent<L> {
  readonly location: L;
  readonly owners: readonly OwnerReference[];
}

/** Who depends on whom, by uid: the store only knows controllers (pkg/controller/garbagecollector/graph_builder.go). */
export class DependencyIndex<L> {
  readonly #dependents = new Map<string, Dependent<L>>();
  readonly #byOwner = new Map<string, Map<string, L>>();

  /** Takes in the object's present owners; what it had before where that is something else, `undefined` where nothing changed. */
  observe(object: KubeObject, location: L): readonly OwnerReference[] | undefined {
    const uid = object.metadata.uid ?? '';
    const before = this.#dependents.get(uid);
    const owners = object.metadata.ownerReferences ?? [];
    if (before === undefined ? owners.length === 0 : deepEqual(before.owners, owners)) return undefined;
    this.forget(uid);
    if (owners.length > 0) this.#dependents.set(uid, { location, owners });
    for (const owner of owners) this.#link(owner.uid, uid, location);
    return before?.owners ?? [];
  }

  /** Takes out an object that has gone. */
  forget(uid: string): void {
    for (const owner of this.#dependents.get(uid)?.owners ?? []) {
      const dependents = this.#byOwner.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) this.#byOwner.delete(owner.uid);
    }
    this.#dependents.delete(uid);
  }

  /** Where the dependents of an owner are. */
  dependentsOf(ownerUid: string): L[] {
    return [...(this.#byOwner.get(ownerUid)?.values() ?? [])];
  }

  #link(owner: string, uid: string, location: L): void {
    const dependents = this.#byOwner.get(owner) ?? new Map<string, L>();
    this.#byOwner.set(owner, dependents);
    dependents.set(uid, location);
  }
}
