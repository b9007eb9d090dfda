import type { Kind } from '../apimachinery/kind.ts';
import { controllerOf, type KubeObject, newControllerRef } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';

/** What an owner may lay claim to. */
export interface Candidates<T extends KubeObject> {
  readonly kind: Kind<T>;
  /** Objects that it controls. */
  readonly owned: readonly T[];
  /** Objects of its namespace that nobody controls. */
  readonly orphans: readonly T[];
  matches(object: T): boolean;
  /** A finalizer that adopted objects get. */
  readonly finalizer?: string;
}

/**
 * The objects that belong to `owner`: those it controls and selects, and orphans that it selects, which it adopts.
 * Those that it no longer selects are let go (pkg/controller/controller_ref_manager.go).
 */
export function claim<T extends KubeObject>(owner: KubeObject, candidates: Candidates<T>, client: Client): T[] {
  const { owned, orphans, matches } = candidates;
  const kept = owned.filter(matches);
  if (owner.metadata.deletionTimestamp !== undefined) return kept;
  if (kept.length < owned.length) {
    for (const object of owned) if (!matches(object)) release(object, owner, candidates.kind, client);
  }
  const adoptable = orphans.filter((object) => object.metadata.deletionTimestamp === undefined && matches(object));
  return adoptable.length === 0
    ? kept
    : [...kept, ...adoptable.map((object) => adopt(object, owner, candidates, client))];
}

/** The objects of `owner`'s namespace that no controller owns. */
export function orphansBeside<T extends KubeObject>(owner: KubeObject, kind: Kind<T>, client: Client): T[] {
  return client.list(kind, owner.metadata.namespace ?? '').filter((object) => controllerOf(object) === undefined);
}

function adopt<T extends KubeObject>(
  object: T,
  owner: KubeObject,
  { kind, finalizer }: Candidates<T>,
  client: Client,
): T {
  const metadata = {
    ...object.metadata,
    ownerReferences: [...(object.metadata.ownerReferences ?? []), newControllerRef(owner)],
  };
  if (finalizer !== undefined) metadata.finalizers = [...(metadata.finalizers ?? []), finalizer];
  return client.update(kind, { ...object, metadata });
}

function release<T extends KubeObject>(object: T, owner: KubeObject, kind: Kind<T>, client: Client): void {
  if (object.metadata.deletionTimestamp !== undefined) return;
  const ownerReferences = (object.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
  client.update(kind, { ...object, metadata: { ...object.metadata, ownerReferences } });
}
