import type { ReplicaSet } from '../../api/apps-v1/replica-set.ts';
import type { Result } from '../../controller-runtime/controller.ts';
import { cleanup } from './cleanup.ts';
import { createNewReplicaSet, newReplicaCount } from './new-replica-set.ts';
import { isComplete, syncRolloutStatus } from './progress.ts';
import {
  activeReplicaSets,
  allReplicaSets,
  availableOf,
  byCreation,
  desiredReplicas,
  type Rollout,
  sizeOf,
  total,
} from './rollout.ts';
import { scaleTo } from './scale.ts';
import { minAvailable } from './surge.ts';

/** One step of a rolling update: up where there is room, else down where enough is available (rolloutRolling). */
export function rolloutRolling(rollout: Rollout): Result | undefined {
  createNewReplicaSet(rollout);
  if (scaleUpNew(rollout) || scaleDownOld(rollout)) return syncRolloutStatus(rollout);
  if (isComplete(rollout, rollout.deployment.status ?? {})) cleanup(rollout);
  return syncRolloutStatus(rollout);
}

function scaleUpNew(rollout: Rollout): boolean {
  const { newReplicaSet } = rollout;
  if (newReplicaSet === undefined) return false;
  const current = sizeOf(newReplicaSet);
  const desired = desiredReplicas(rollout);
  const size = current >= desired ? desired : newReplicaCount(rollout, allReplicaSets(rollout), current);
  return scaleTo(rollout, newReplicaSet, size);
}

/**
 * Takes away what can go (reconcileOldReplicaSets): first old pods that are not available anyway, then others as far as
 * enough stay available. New pods that are not available yet count as if they were missing.
 */
function scaleDownOld(rollout: Rollout): boolean {
  const { newReplicaSet, deployment } = rollout;
  const active = activeReplicaSets(rollout.oldReplicaSets);
  if (newReplicaSet === undefined || active.length === 0) return false;
  // More available than asked for: its status is older than its size, and counting on it would take away too much.
  if (active.some((replicaSet) => availableOf(replicaSet) > sizeOf(replicaSet))) return false;
  const newUnavailable = sizeOf(newReplicaSet) - availableOf(newReplicaSet);
  const most = total(allReplicaSets(rollout), sizeOf) - minAvailable(deployment) - newUnavailable;
  if (most <= 0) return false;
  const unhealthy = scaleDown(rollout, most, (replicaSet) => sizeOf(replicaSet) - availableOf(replicaSet));
  const spare =
    total([...activeReplicaSets(rollout.oldReplicaSets), newReplicaSet], availableOf) - minAvailable(deployment);
  return unhealthy + scaleDown(rollout, spare, sizeOf) > 0;
}

/** Takes up to `most` replicas from the old ReplicaSets, the oldest first, `from` saying what each can give. */
function scaleDown(rollout: Rollout, most: number, from: (replicaSet: ReplicaSet) => number): number {
  let taken = 0;
  for (const replicaSet of activeReplicaSets(rollout.oldReplicaSets).sort(byCreation)) {
    const share = Math.min(from(replicaSet), most - taken);
    if (share <= 0) continue;
    scaleTo(rollout, replicaSet, sizeOf(replicaSet) - share);
    taken += share;
  }
  return taken;
}
