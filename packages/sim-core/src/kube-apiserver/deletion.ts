import {
  CLEANUP_FINALIZER,
  type CustomResourceDefinition,
} from '../api/apiextensions-v1/custom-resource-definition.ts';
import type { Namespace } from '../api/core-v1/namespace.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import { type Condition, withCondition } from '../apimachinery/condition.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';
import { formatTime, parseTime } from '../sim/clock.ts';
import type { DeleteOptions } from './write-options.ts';

/**
 * The object as a delete leaves it, or undefined when it can go at once (rest.BeforeDelete, deletionFinalizersForGarbageCollection,
 * registry/core/pod/strategy.go CheckGracefulDelete): pods on a node get their grace period, finalizers hold anything.
 * An object that is going already can only go sooner.
 */
export function withDeletion<T extends KubeObject>(
  kind: Kind<T>,
  old: T,
  options: DeleteOptions,
  now: number,
): T | undefined {
  const grace = gracePeriod(kind, old, options);
  const finalizers = finalizersFor(old, options);
  const takesAlong = kind.kind === 'CustomResourceDefinition' && old.metadata.deletionTimestamp === undefined;
  if (grace === 0 && finalizers.length === 0 && !isHeld(old) && !takesAlong) return undefined;
  const metadata = markDeleted({ ...old.metadata, ...(finalizers.length > 0 && { finalizers }) }, grace, now);
  const marked = goingOf(kind, { ...old, metadata }, now);
  return isHeld(marked) || (metadata.deletionGracePeriodSeconds ?? 0) > 0 ? marked : undefined;
}

/** Whether finalizers keep the object: those of metadata, and those that a namespace has in its spec. */
export function isHeld(object: KubeObject): boolean {
  if ((object.metadata.finalizers ?? []).length > 0) return true;
  return object.kind === 'Namespace' && ((object as Namespace).spec?.finalizers ?? []).length > 0;
}

function markDeleted(meta: ObjectMeta, grace: number, now: number): ObjectMeta {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = meta;
  if (deletionTimestamp === undefined) {
    meta.deletionTimestamp = formatTime(now + grace * 1000);
    meta.deletionGracePeriodSeconds = grace;
    if (meta.generation !== undefined) meta.generation += 1;
  } else if (grace < deletionGracePeriodSeconds) {
    const asked = parseTime(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
    meta.deletionTimestamp = formatTime(asked + grace * 1000);
    meta.deletionGracePeriodSeconds = grace;
  }
  return meta;
}

/** Foreground and Orphan deletion are finalizers that the garbage collector takes off. */
function finalizersFor({ metadata }: KubeObject, { propagationPolicy }: DeleteOptions): string[] {
  const kept = metadata.finalizers ?? [];
  if (propagationPolicy === undefined) return kept;
  const others = kept.filter((name) => name !== 'foregroundDeletion' && name !== 'orphan');
  if (propagationPolicy === 'Foreground') return [...others, 'foregroundDeletion'];
  return propagationPolicy === 'Orphan' ? [...others, 'orphan'] : others;
}

function gracePeriod(kind: Kind, old: KubeObject, { gracePeriodSeconds }: DeleteOptions): number {
  if (kind.kind !== 'Pod') return 0;
  const { spec, status } = old as Pod;
  if (!spec.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  const period = gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0;
  return period < 0 ? 1 : period;
}

/** What kinds with a deletion of their own say of it. */
function goingOf<T extends KubeObject>(kind: Kind<T>, object: T, now: number): T {
  if (kind.kind === 'Namespace') return terminating(object);
  return kind.kind === 'CustomResourceDefinition' ? withoutInstances(object, now) : object;
}

/** apiextensions-apiserver/pkg/registry/customresourcedefinition/etcd.go Delete */
function withoutInstances<T extends KubeObject>(object: T, now: number): T {
  const { metadata, status = {} } = object as KubeObject as CustomResourceDefinition;
  const finalizers = metadata.finalizers ?? [];
  if (finalizers.includes(CLEANUP_FINALIZER)) return object;
  const message = 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon';
  const said: Condition = { type: 'Terminating', status: 'True', reason: 'InstanceDeletionPending', message };
  const conditions = withCondition(status.conditions, said, formatTime(now));
  return {
    ...object,
    metadata: { ...metadata, finalizers: [...finalizers, CLEANUP_FINALIZER] },
    status: { ...status, conditions },
  };
}

/** pkg/registry/core/namespace/storage/storage.go Delete */
function terminating<T extends KubeObject>(namespace: T): T {
  const { status } = namespace as KubeObject as Namespace;
  return { ...namespace, status: { ...status, phase: 'Terminating' } };
}
