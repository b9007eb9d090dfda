import type { Deployment, DeploymentStatus } from '../../api/apps-v1/deployment.ts';
import { deployments } from '../../api/apps-v1/deployment.ts';
import type { ReplicaSet } from '../../api/apps-v1/replica-set.ts';
import type { Context } from '../../controller-runtime/controller.ts';

/** A Deployment and its ReplicaSets during one reconcile; every write puts the newest object in its place. */
export interface Rollout {
  readonly context: Context;
  deployment: Deployment;
  /** The ReplicaSet of the Deployment's template, once there is one. */
  newReplicaSet: ReplicaSet | undefined;
  /** All others. */
  oldReplicaSets: readonly ReplicaSet[];
}

/** Replicas that the Deployment asks for. */
export function desiredReplicas({ deployment }: Rollout): number {
  return deployment.spec.replicas ?? 1;
}

/** Replicas that a ReplicaSet asks for. */
export function sizeOf({ spec }: ReplicaSet): number {
  return spec.replicas ?? 1;
}

/** The old ReplicaSets, then the new one. */
export function allReplicaSets({ newReplicaSet, oldReplicaSets }: Rollout): ReplicaSet[] {
  return newReplicaSet === undefined ? [...oldReplicaSets] : [...oldReplicaSets, newReplicaSet];
}

/** ReplicaSets that ask for replicas (controller.FilterActiveReplicaSets). */
export function activeReplicaSets(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return replicaSets.filter((replicaSet) => sizeOf(replicaSet) > 0);
}

/** Sum over ReplicaSets. */
export function total(
  replicaSets: readonly ReplicaSet[],
  count: (replicaSet: ReplicaSet) => number | undefined,
): number {
  return replicaSets.reduce((sum, replicaSet) => sum + (count(replicaSet) ?? 0), 0);
}

/** Available replicas of a ReplicaSet, as it last reported. */
export function availableOf({ status }: ReplicaSet): number {
  return status?.availableReplicas ?? 0;
}

/** Oldest first, ties by name (controller.ReplicaSetsByCreationTimestamp). */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [a.metadata, b.metadata].map(
    ({ creationTimestamp = '', name }) => `${creationTimestamp} ${name}`,
  ) as [string, string];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Puts a ReplicaSet that was just written in the place of its older state. */
export function replace(rollout: Rollout, replicaSet: ReplicaSet): void {
  const { uid } = replicaSet.metadata;
  if (rollout.newReplicaSet?.metadata.uid === uid) rollout.newReplicaSet = replicaSet;
  rollout.oldReplicaSets = rollout.oldReplicaSets.map((each) => (each.metadata.uid === uid ? replicaSet : each));
}

/** Writes the Deployment's status, and its annotations where they were changed. */
export function writeStatus(rollout: Rollout, status: DeploymentStatus): void {
  rollout.deployment = rollout.context.client.updateStatus(deployments, { ...rollout.deployment, status });
}
