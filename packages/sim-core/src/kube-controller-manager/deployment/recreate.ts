import { pods } from '../../api/core-v1/pod.ts';
import type { Result } from '../../controller-runtime/controller.ts';
import { cleanup } from './cleanup.ts';
import { createNewReplicaSet } from './new-replica-set.ts';
import { isComplete, syncRolloutStatus } from './progress.ts';
import { activeReplicaSets, desiredReplicas, type Rollout } from './rollout.ts';
import { scaleTo } from './scale.ts';

/** One step of a Recreate: all old pods go, and only when the last has gone the new ones come (rolloutRecreate). */
export function rolloutRecreate(rollout: Rollout): Result | undefined {
  const active = activeReplicaSets(rollout.oldReplicaSets);
  for (const old of active) scaleTo(rollout, old, 0);
  if (active.length > 0 || oldPodsRunning(rollout)) return syncRolloutStatus(rollout);
  createNewReplicaSet(rollout);
  if (rollout.newReplicaSet !== undefined) scaleTo(rollout, rollout.newReplicaSet, desiredReplicas(rollout));
  if (isComplete(rollout, rollout.deployment.status ?? {})) cleanup(rollout);
  return syncRolloutStatus(rollout);
}

/** Whether pods of old ReplicaSets are still there; those on their way out count, finished ones do not. */
function oldPodsRunning({ oldReplicaSets, context }: Rollout): boolean {
  return oldReplicaSets.some(
    (replicaSet) =>
      (replicaSet.status?.replicas ?? 0) > 0 ||
      context.client
        .listControlledBy(pods, replicaSet)
        .some(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed'),
  );
}
