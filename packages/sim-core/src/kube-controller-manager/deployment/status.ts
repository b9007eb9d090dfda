import type { DeploymentStatus } from '../../api/apps-v1/deployment.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { type Statement, withStatement } from './conditions.ts';
import { allReplicaSets, availableOf, type Rollout, sizeOf, total, writeStatus } from './rollout.ts';
import { minAvailable } from './surge.ts';

/** The Deployment's status as its ReplicaSets make it; counts of 0 are left out (calculateStatus). */
export function calculateStatus(rollout: Rollout): DeploymentStatus {
  const { deployment, newReplicaSet, context } = rollout;
  const all = allReplicaSets(rollout);
  const available = total(all, availableOf);
  const statement = available >= minAvailable(deployment) ? AVAILABLE : UNAVAILABLE;
  return {
    ...(deployment.metadata.generation !== undefined && { observedGeneration: deployment.metadata.generation }),
    ...count(
      'replicas',
      total(all, ({ status }) => status?.replicas),
    ),
    ...count('updatedReplicas', newReplicaSet?.status?.replicas ?? 0),
    ...count(
      'readyReplicas',
      total(all, ({ status }) => status?.readyReplicas),
    ),
    ...count('availableReplicas', available),
    ...count('unavailableReplicas', Math.max(0, total(all, sizeOf) - available)),
    ...(deployment.status?.collisionCount !== undefined && { collisionCount: deployment.status.collisionCount }),
    conditions: withStatement(deployment.status?.conditions, statement, context.clock.now()),
  };
}

/** Brings the status up to date without judging progress: while paused, scaled or deleted (syncDeploymentStatus). */
export function syncStatus(rollout: Rollout): void {
  const status = calculateStatus(rollout);
  if (!deepEqual(status, rollout.deployment.status)) writeStatus(rollout, status);
}

/** What keeps a ReplicaSet from creating pods, the new one's word first (getReplicaFailures). */
export function replicaFailure(rollout: Rollout): Condition | undefined {
  const inOrder = [rollout.newReplicaSet, ...allReplicaSets(rollout)];
  return inOrder
    .map((replicaSet) => findCondition(replicaSet?.status?.conditions, 'ReplicaFailure'))
    .find((found) => found !== undefined);
}

const AVAILABLE: Statement = Object.freeze({
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  message: 'Deployment has minimum availability.',
});

const UNAVAILABLE: Statement = Object.freeze({
  type: 'Available',
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
});

function count<K extends string>(field: K, value: number): { [P in K]?: number } {
  return value === 0 ? {} : ({ [field]: value } as { [P in K]: number });
}
