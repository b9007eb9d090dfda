import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, numberFrom, sizeAnnotations } from './annotations.ts';
import {
  activeReplicaSets,
  allReplicaSets,
  availableOf,
  byCreation,
  desiredReplicas,
  type Rollout,
  replace,
  sizeOf,
  total,
} from './rollout.ts';
import { isRollingUpdate, maxSurge } from './surge.ts';

/** Gives a ReplicaSet its size, if that is another one. Whether it was (scaleReplicaSetAndRecordEvent). */
export function scaleTo(rollout: Rollout, replicaSet: ReplicaSet, size: number): boolean {
  if (sizeOf(replicaSet) === size) return false;
  write(rollout, replicaSet, size);
  return true;
}

/** As {@link scaleTo}, and brings the size annotations up to date even where the size stays (scaleReplicaSet). */
function write(rollout: Rollout, replicaSet: ReplicaSet, size: number): void {
  const { client, events } = rollout.context;
  const from = sizeOf(replicaSet);
  const annotations = { ...replicaSet.metadata.annotations, ...sizeAnnotations(rollout.deployment) };
  const wanted = {
    ...replicaSet,
    metadata: { ...replicaSet.metadata, annotations },
    spec: { ...replicaSet.spec, replicas: size },
  };
  replace(rollout, client.update(replicaSets, wanted));
  if (from === size) return;
  const direction = from < size ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${from} to ${size}`;
  events.event(rollout.deployment, 'Normal', 'ScalingReplicaSet', message);
}

/** Whether the number of replicas was changed since the ReplicaSets were last scaled (isScalingEvent). */
export function isScalingEvent(rollout: Rollout): boolean {
  return activeReplicaSets(allReplicaSets(rollout)).some((replicaSet) => {
    const desired = numberFrom(replicaSet, DESIRED_REPLICAS);
    return desired !== undefined && desired !== desiredReplicas(rollout);
  });
}

/**
 * Brings the ReplicaSets to a changed number of replicas without rolling anything out. In the middle of a rollout each
 * gets its share, so that a failing template does not take over by being scaled (pkg/controller/deployment/sync.go, scale).
 */
export function scale(rollout: Rollout): void {
  const only = activeOrLatest(rollout);
  if (only !== undefined) scaleTo(rollout, only, desiredReplicas(rollout));
  else if (isSaturated(rollout)) for (const old of activeReplicaSets(rollout.oldReplicaSets)) scaleTo(rollout, old, 0);
  else if (isRollingUpdate(rollout.deployment)) scaleProportionally(rollout);
}

/** The one ReplicaSet with replicas, or where none has any the newest; undefined where several have (FindActiveOrLatest). */
function activeOrLatest(rollout: Rollout): ReplicaSet | undefined {
  const active = activeReplicaSets(allReplicaSets(rollout));
  if (active.length > 0) return active.length === 1 ? active[0] : undefined;
  return rollout.newReplicaSet ?? rollout.oldReplicaSets.toSorted(byCreation).at(-1);
}

/** Whether the new ReplicaSet alone serves what is asked for (IsSaturated). */
function isSaturated(rollout: Rollout): boolean {
  const replicaSet = rollout.newReplicaSet;
  if (replicaSet === undefined) return false;
  const desired = desiredReplicas(rollout);
  return [numberFrom(replicaSet, DESIRED_REPLICAS), sizeOf(replicaSet), availableOf(replicaSet)].every(
    (count) => count === desired,
  );
}

function scaleProportionally(rollout: Rollout): void {
  const active = activeReplicaSets(allReplicaSets(rollout));
  const desired = desiredReplicas(rollout);
  const allowed = desired > 0 ? desired + maxSurge(rollout.deployment) : 0;
  const toAdd = allowed - total(active, sizeOf);
  // The largest are scaled most; of equal ones the newest grows first and the oldest shrinks first.
  active.sort((a, b) => sizeOf(b) - sizeOf(a) || (toAdd > 0 ? byCreation(b, a) : byCreation(a, b)));
  let added = 0;
  const sizes = active.map((replicaSet) => {
    const share = toAdd === 0 ? 0 : proportion(rollout, replicaSet, toAdd, added);
    added += share;
    return sizeOf(replicaSet) + share;
  });
  active.forEach((replicaSet, index) => {
    const leftover = index === 0 ? toAdd - added : 0;
    write(rollout, replicaSet, Math.max(0, (sizes[index] as number) + leftover));
  });
}

/** The share of a ReplicaSet in a change of `toAdd`, of which `added` has been given out (GetReplicaSetProportion). */
function proportion(rollout: Rollout, replicaSet: ReplicaSet, toAdd: number, added: number): number {
  const share = fraction(rollout, replicaSet);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

function fraction({ deployment }: Rollout, replicaSet: ReplicaSet): number {
  const replicas = deployment.spec.replicas ?? 1;
  const size = sizeOf(replicaSet);
  if (replicas === 0) return -size;
  const before = numberFrom(replicaSet, MAX_REPLICAS) || (deployment.status?.replicas ?? 0);
  if (before === 0) return 0;
  return Math.round((size * (replicas + maxSurge(deployment))) / before) - size;
}
