import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { matchesLabels } from '../../apimachinery/label-selector.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import { templateIn } from '../history/history.ts';
import { isNamespaceTerminating } from '../pod-control.ts';
import { createClaims, keepClaims } from './claims.ts';
import { firstOrdinal, identityLabels, isWanted, newPod, ordinalOf, replicasOf, revisionOf } from './identity.ts';
import { isAvailable, isHealthy, isRunningAndReady, isTerminating, type StatefulSync } from './stateful-sync.ts';

/** A pod of the set, or the place for one. */
interface Replica {
  readonly ordinal: number;
  pod: Pod | undefined;
}

/**
 * Brings pods towards what the set wants: first those that are missing, then those that are too many, then those of an
 * old revision; unless they may do so all at once, one after the other, each when the one before it is available
 * (stateful_set_control.go, updateStatefulSet). What was written before it throws stands.
 * @throws StatusError
 */
export function controlPods(sync: StatefulSync, owned: readonly Pod[]): void {
  const { set } = sync;
  const replicas = replicasFrom(sync, owned);
  const condemned = owned
    .filter((pod) => !isWanted(ordinalOf(pod, set) ?? 0, set))
    .sort((a, b) => (ordinalOf(b, set) ?? 0) - (ordinalOf(a, set) ?? 0));
  const firstUnhealthy = firstUnhealthyOf(replicas, condemned);
  if (stops(replicas, sync, (replica) => processReplica(sync, replica))) return;
  for (const pod of condemned) keepClaims(set, pod, ordinalOf(pod, set) ?? 0, sync.context);
  if (stops(condemned, sync, (pod) => processCondemned(sync, pod, firstUnhealthy))) return;
  if (set.spec.updateStrategy?.type !== 'OnDelete') updateNext(sync, replicas);
}

function replicasFrom({ set }: StatefulSync, owned: readonly Pod[]): Replica[] {
  const byOrdinal = new Map(owned.map((pod) => [ordinalOf(pod, set), pod]));
  return Array.from({ length: replicasOf(set) }, (_, i) => {
    const ordinal = firstOrdinal(set) + i;
    return { ordinal, pod: byOrdinal.get(ordinal) };
  });
}

/** The first that is missing or not healthy, of those that stay before those that go; undefined when all are well. */
function firstUnhealthyOf(replicas: readonly Replica[], condemned: readonly Pod[]): Pod | undefined {
  const replica = replicas.find(({ pod }) => pod === undefined || !isHealthy(pod));
  return replica === undefined ? condemned.findLast((pod) => !isHealthy(pod)) : replica.pod;
}

/** Runs through a list; in order it ends where a step says so, in parallel it never does (runForAll). */
function stops<T>(items: readonly T[], { set }: StatefulSync, step: (item: T) => boolean): boolean {
  const inOrder = set.spec.podManagementPolicy !== 'Parallel';
  for (const item of items) if (step(item) && inOrder) return true;
  return false;
}

/** @returns whether those after it must wait */
function processReplica(sync: StatefulSync, replica: Replica): boolean {
  const { pod, ordinal } = replica;
  const { set, context } = sync;
  if (pod === undefined) {
    replica.pod = createPod(sync, ordinal);
    return true;
  }
  const { phase } = pod.status ?? {};
  if (phase === 'Failed' || phase === 'Succeeded') {
    if (!isTerminating(pod)) deletePod(sync, pod);
    return true;
  }
  if (phase === 'Pending') createClaims(set, pod.metadata.name, ordinal, context);
  if (isTerminating(pod) || !isAvailable(pod, sync)) return true;
  keepClaims(set, pod, ordinal, context);
  const labels = identityLabels(set, ordinal);
  if (!matchesLabels(labels, pod.metadata.labels)) {
    const metadata = { ...pod.metadata, labels: { ...pod.metadata.labels, ...labels } };
    replica.pod = context.client.update(pods, { ...pod, metadata });
  }
  return false;
}

function processCondemned(sync: StatefulSync, pod: Pod, firstUnhealthy: Pod | undefined): boolean {
  const inOrder = sync.set.spec.podManagementPolicy !== 'Parallel';
  if (isTerminating(pod)) return true;
  if (inOrder && pod !== firstUnhealthy && (!isRunningAndReady(pod) || !isAvailable(pod, sync))) return true;
  deletePod(sync, pod);
  return true;
}

/** Deletes the highest pod that is of an old revision, once all above it are well; the partition stays as it is. */
function updateNext(sync: StatefulSync, replicas: readonly Replica[]): void {
  const partition = sync.set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  for (const { pod } of replicas.slice(partition).reverse()) {
    if (pod === undefined) return;
    if (revisionOf(pod) !== sync.update.metadata.name && !isTerminating(pod)) return deletePod(sync, pod);
    if (!isHealthy(pod)) return;
  }
}

/** Pods below the partition, or not yet reached by an update, are made of the current revision (newVersionedStatefulSetPod). */
function createPod(sync: StatefulSync, ordinal: number): Pod | undefined {
  const { set, context, current, update } = sync;
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  const kept = rollingUpdate === undefined ? (set.status?.currentReplicas ?? 0) : (rollingUpdate.partition ?? 0);
  const isOld = type !== 'OnDelete' && ordinal < firstOrdinal(set) + kept;
  const revision = isOld ? current : update;
  const pod = newPod(set, templateIn(revision), revision.metadata.name, ordinal);
  const { name } = pod.metadata;
  try {
    createClaims(set, name, ordinal, context);
    const created = context.client.create(pods, pod);
    tell(sync, 'Normal', 'SuccessfulCreate', `create Pod ${name} in StatefulSet ${set.metadata.name} successful`);
    return created;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (isNamespaceTerminating(error)) return undefined;
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
    tell(sync, 'Warning', 'FailedCreate', message);
    throw error;
  }
}

function deletePod(sync: StatefulSync, { metadata }: Pod): void {
  sync.context.client.delete(pods, metadata.namespace ?? '', metadata.name);
  const message = `delete Pod ${metadata.name} in StatefulSet ${sync.set.metadata.name} successful`;
  tell(sync, 'Normal', 'SuccessfulDelete', message);
}

function tell({ context, set }: StatefulSync, type: 'Normal' | 'Warning', reason: string, message: string): void {
  context.events.event(set, type, reason, message);
}
