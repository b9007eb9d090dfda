import { replicaSets } from '../../api/apps-v1/replica-set.ts';
import { revisionOf } from './annotations.ts';
import { type Rollout, sizeOf } from './rollout.ts';

/** revisionHistoryLimit with this value means: keep all (math.MaxInt32). */
const KEEP_ALL = 2_147_483_647;

/** Deletes the oldest empty ReplicaSets beyond revisionHistoryLimit (cleanupDeployment). */
export function cleanup({ deployment, oldReplicaSets, context }: Rollout): void {
  const limit = deployment.spec.revisionHistoryLimit ?? KEEP_ALL;
  const alive = oldReplicaSets.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (limit === KEEP_ALL || alive.length <= limit) return;
  const oldest = alive.toSorted((a, b) => revisionOf(a) - revisionOf(b)).slice(0, alive.length - limit);
  for (const replicaSet of oldest) {
    const { metadata, status } = replicaSet;
    const unseen = (metadata.generation ?? 0) > (status?.observedGeneration ?? 0);
    if (unseen || sizeOf(replicaSet) > 0 || (status?.replicas ?? 0) > 0) continue;
    context.client.delete(replicaSets, metadata.namespace ?? '', metadata.name);
  }
}
