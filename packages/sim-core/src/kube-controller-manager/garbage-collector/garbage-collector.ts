import { events } from '../../api/core-v1/event.ts';
import { namespaces } from '../../api/core-v1/namespace.ts';
import { isStored, type Kind } from '../../apimachinery/kind.ts';
import type { KubeObject, NamespacedName, OwnerReference } from '../../apimachinery/object-meta.ts';
import type { Scheme } from '../../apimachinery/scheme.ts';
import type { Client } from '../../client/client.ts';
import { type Context, type Controller, watching } from '../../controller-runtime/controller.ts';
import { DependencyIndex } from './dependency-index.ts';
import { KindTable, keyFor, type Location, locationFor } from './location.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** What the collector works with. */
interface Collector {
  kinds: readonly Kind[];
  table: KindTable;
  readonly index: DependencyIndex<Location>;
}

/**
 * Deletes objects whose owners have gone, and carries out foreground and orphaning deletions
 * (pkg/controller/garbagecollector/garbagecollector.go). Its keys name objects of any kind; the key of a namespace means:
 * look through that namespace.
 * @param scheme the kinds that it looks after
 */
export function garbageCollectorController(scheme: Scheme): Controller {
  const index = new DependencyIndex<Location>();
  const collector: Collector = { ...lookedAfter(scheme), index };
  return {
    name: 'garbage-collector',
    component: 'garbage-collector-controller',
    for: namespaces,
    get watches() {
      return collector.kinds.map((kind) =>
        watching(kind, (object, { client }) => affected(kind, object, client, collector), { onlyAfter: true }),
      );
    },
    onWatchesChange: (changed) =>
      scheme.onChange(() => {
        Object.assign(collector, lookedAfter(scheme));
        changed();
      }),
    reconcile: (key, context) => reconcile(key, context, collector),
  };
}

/** Everything but events; owners may be named in any version. */
function lookedAfter(scheme: Scheme): Pick<Collector, 'kinds' | 'table'> {
  const isNoEvent = ({ kind }: Kind) => kind !== events.kind;
  return {
    kinds: scheme.storedKinds.filter((kind) => isNoEvent(kind) && isStored(kind)),
    table: new KindTable(scheme.kinds.filter(isNoEvent)),
  };
}

function reconcile(key: NamespacedName, { client }: Context, collector: Collector): void {
  const location = collector.table.locationOf(key);
  if (location === undefined) return lookThrough(key.name, client, collector);
  const object = client.get(location.kind, location.namespace, location.name);
  if (object !== undefined) collect(location, object, client, collector);
}

function lookThrough(namespace: string, client: Client, collector: Collector): void {
  for (const kind of collector.kinds.filter(({ namespaced }) => namespaced)) {
    for (const object of client.list(kind, namespace)) collector.index.observe(object, locationFor(kind, object));
  }
  for (const kind of collector.kinds.filter(({ namespaced }) => namespaced)) {
    for (const object of client.list(kind, namespace)) collect(locationFor(kind, object), object, client, collector);
  }
}

/** Keys that a change concerns: the object when its owners changed, its dependents and waiting owners when it goes. */
function affected(kind: Kind, seen: KubeObject, client: Client, { index, table }: Collector): NamespacedName[] {
  const location = locationFor(kind, seen);
  const object = client.get(kind, location.namespace, location.name);
  const uid = seen.metadata.uid ?? '';
  if (object === undefined || object.metadata.uid !== uid) {
    const dependents = index.dependentsOf(uid);
    index.forget(uid);
    return [...dependents.map(keyFor), ...waitingOwners(seen.metadata.ownerReferences ?? [], location, client, table)];
  }
  const before = index.observe(object, location);
  const moved = before === undefined ? [] : [keyFor(location), ...waitingOwners(before, location, client, table)];
  return isBeingCollected(object) ? [...moved, keyFor(location), ...index.dependentsOf(uid).map(keyFor)] : moved;
}

function waitingOwners(
  owners: readonly OwnerReference[],
  { namespace }: Location,
  client: Client,
  table: KindTable,
): NamespacedName[] {
  return owners.flatMap((owner) => {
    const location = table.ownerLocation(owner, namespace);
    const object = location && client.get(location.kind, location.namespace, location.name);
    return location !== undefined && object !== undefined && isBeingCollected(object) ? [keyFor(location)] : [];
  });
}

function isBeingCollected(object: KubeObject): boolean {
  return (
    isWaitingForDependents(object) || (object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, ORPHAN))
  );
}

/** attemptToDeleteItem: by what its owners are. */
function collect(location: Location, object: KubeObject, client: Client, collector: Collector): void {
  if (object.metadata.deletionTimestamp !== undefined) return finishDeletion(location, object, client, collector);
  const owners = object.metadata.ownerReferences ?? [];
  if (owners.length === 0) return;
  const states = owners.map((owner) => ownerState(owner, location, client, collector.table));
  if (states.includes('solid')) return keepSolidOwners(location, object, states, client);
  const waitsForUs = states.includes('waiting') && collector.index.dependentsOf(object.metadata.uid ?? '').length > 0;
  const propagationPolicy = hasFinalizer(object, ORPHAN)
    ? 'Orphan'
    : waitsForUs || hasFinalizer(object, FOREGROUND)
      ? 'Foreground'
      : 'Background';
  client.delete(location.kind, location.namespace, location.name, {
    propagationPolicy,
    preconditions: { uid: object.metadata.uid ?? '' },
  });
}

/** An object on its way out: its dependents go first (Foreground), or are let go (Orphan). */
function finishDeletion(location: Location, object: KubeObject, client: Client, { index }: Collector): void {
  const uid = object.metadata.uid ?? '';
  const dependents = index
    .dependentsOf(uid)
    .map((each) => ({ location: each, object: client.get(each.kind, each.namespace, each.name) }));
  if (hasFinalizer(object, ORPHAN)) {
    for (const { location: at, object: dependent } of dependents)
      if (dependent !== undefined) dropOwners(at, dependent, (owner) => owner.uid === uid, client);
    return dropFinalizer(location, object, ORPHAN, client);
  }
  if (!hasFinalizer(object, FOREGROUND)) return;
  const blocking = dependents.some(({ object: dependent }) => blocks(dependent, uid));
  if (!blocking) dropFinalizer(location, object, FOREGROUND, client);
}

function blocks(dependent: KubeObject | undefined, ownerUid: string): boolean {
  return (dependent?.metadata.ownerReferences ?? []).some(
    ({ uid, blockOwnerDeletion }) => uid === ownerUid && blockOwnerDeletion === true,
  );
}

/** solid: there and staying; waiting: going, after its dependents; dangling: gone. A kind unknown here counts as solid. */
function ownerState(
  owner: OwnerReference,
  { namespace }: Location,
  client: Client,
  table: KindTable,
): 'solid' | 'waiting' | 'dangling' {
  const location = table.ownerLocation(owner, namespace);
  if (location === undefined) return 'solid';
  const object = client.get(location.kind, location.namespace, location.name);
  if (object?.metadata.uid !== owner.uid) return 'dangling';
  return isWaitingForDependents(object) ? 'waiting' : 'solid';
}

function keepSolidOwners(location: Location, object: KubeObject, states: readonly string[], client: Client): void {
  if (states.every((state) => state === 'solid')) return;
  const owners = object.metadata.ownerReferences ?? [];
  dropOwners(location, object, (owner) => states[owners.indexOf(owner)] !== 'solid', client);
}

function isWaitingForDependents(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, FOREGROUND);
}

function hasFinalizer({ metadata }: KubeObject, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) === true;
}

function dropFinalizer({ kind }: Location, object: KubeObject, finalizer: string, client: Client): void {
  const finalizers = (object.metadata.finalizers ?? []).filter((each) => each !== finalizer);
  client.update(kind, { ...object, metadata: { ...object.metadata, finalizers } });
}

function dropOwners(
  { kind }: Location,
  object: KubeObject,
  drop: (owner: OwnerReference) => boolean,
  client: Client,
): void {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const kept = ownerReferences.filter((owner) => !drop(owner));
  client.update(kind, { ...object, metadata: { ...metadata, ...(kept.length > 0 && { ownerReferences: kept }) } });
}
