import type { ReplicaSet } from '../../api/apps-v1/replica-set.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { ReplicationController } from '../../api/core-v1/replication-controller.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { matchesLabels } from '../../apimachinery/label-selector.ts';
import { formatTime } from '../../sim/clock.ts';
import { isPodReady, readySince } from '../pod-util.ts';

/** The status that these active pods make; counts of 0 are left out, but for replicas (replica_set_utils.go, calculateStatus). */
export function calculateStatus(
  replicaSet: ReplicaSet | ReplicationController,
  active: readonly Pod[],
  failure: string | undefined,
  now: number,
): NonNullable<ReplicaSet['status']> {
  const { spec, metadata, status } = replicaSet;
  const labels = spec.template.metadata?.labels ?? {};
  const wait = (spec.minReadySeconds ?? 0) * 1000;
  const isAvailable = (pod: Pod) => wait === 0 || readySince(pod) + wait <= now;
  let [labelled, ready, available] = [0, 0, 0];
  for (const pod of active) {
    if (matchesLabels(labels, pod.metadata.labels)) labelled++;
    if (!isPodReady(pod)) continue;
    ready++;
    if (isAvailable(pod)) available++;
  }
  const conditions = withReplicaFailure(status?.conditions, failure, active.length < (spec.replicas ?? 1), now);
  return {
    replicas: active.length,
    ...(labelled > 0 && { fullyLabeledReplicas: labelled }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
    ...(conditions.length > 0 && { conditions }),
  };
}

/** The first word on a failure stands until there is none. */
function withReplicaFailure(
  conditions: readonly Condition[] | undefined,
  message: string | undefined,
  creating: boolean,
  now: number,
): Condition[] {
  const kept = conditions ?? [];
  if (message === undefined) return kept.filter(({ type }) => type !== 'ReplicaFailure');
  if (findCondition(kept, 'ReplicaFailure') !== undefined) return [...kept];
  const reason = creating ? 'FailedCreate' : 'FailedDelete';
  return [...kept, { type: 'ReplicaFailure', status: 'True', reason, message, lastTransitionTime: formatTime(now) }];
}
