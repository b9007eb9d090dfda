import type { StatefulSetStatus } from '../../api/apps-v1/stateful-set.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { replicasOf, revisionOf } from './identity.ts';
import { isAvailable, isRunningAndReady, isTerminating, type StatefulSync } from './stateful-sync.ts';

/** The status that these pods make; counts of 0 are left out where the API leaves them out (updateStatus). */
export function calculateStatus(sync: StatefulSync, pods: readonly Pod[]): StatefulSetStatus {
  const { set, current, update, collisionCount } = sync;
  const [currentName, updateName] = [current.metadata.name, update.metadata.name];
  const counts = { readyReplicas: 0, currentReplicas: 0, updatedReplicas: 0 };
  let availableReplicas = 0;
  for (const pod of pods) {
    if (isRunningAndReady(pod)) counts.readyReplicas++;
    if (isAvailable(pod, sync)) availableReplicas++;
    if (isTerminating(pod)) continue;
    const revision = revisionOf(pod);
    if (revision === currentName) counts.currentReplicas++;
    if (revision === updateName) counts.updatedReplicas++;
  }
  const wanted = replicasOf(set);
  const isComplete =
    set.spec.updateStrategy?.type !== 'OnDelete' &&
    [pods.length, counts.readyReplicas, counts.updatedReplicas].every((count) => count === wanted);
  // A finished update makes its revision the current one (completeRollingUpdate).
  if (isComplete) counts.currentReplicas = counts.updatedReplicas;
  return {
    ...(set.metadata.generation !== undefined && { observedGeneration: set.metadata.generation }),
    replicas: pods.length,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    currentRevision: isComplete ? updateName : currentName,
    updateRevision: updateName,
    collisionCount,
    availableReplicas,
  };
}
