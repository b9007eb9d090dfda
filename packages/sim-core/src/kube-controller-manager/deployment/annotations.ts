import type { Deployment } from '../../api/apps-v1/deployment.ts';
import type { ReplicaSet } from '../../api/apps-v1/replica-set.ts';
import { maxSurge } from './surge.ts';

/** Which template of the Deployment this is, counted from 1 (`kubectl rollout history`). */
export const REVISION = 'deployment.kubernetes.io/revision';
/** Earlier revisions of a ReplicaSet that was rolled back to. */
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
/** Replicas of the Deployment when the ReplicaSet was last scaled. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
/** Replicas and surge of the Deployment when the ReplicaSet was last scaled. */
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** Most characters of the revision history; the oldest leave first. */
const HISTORY_LENGTH = 2000;

/** What a ReplicaSet does not take over from its Deployment (deploymentutil.annotationsToSkip). */
const NOT_COPIED: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
]);

type Annotations = Record<string, string>;

/** The revision of an object; 0 when it has none. */
export function revisionOf({ metadata }: ReplicaSet | Deployment): number {
  return Number.parseInt(metadata.annotations?.[REVISION] ?? '0', 10) || 0;
}

/** An annotation that holds a number; undefined when it is missing. */
export function numberFrom({ metadata }: ReplicaSet, annotation: string): number | undefined {
  const value = Number.parseInt(metadata.annotations?.[annotation] ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}

/** The annotations that a ReplicaSet of the current template has (deploymentutil.SetNewReplicaSetAnnotations). */
export function annotationsForNew(
  deployment: Deployment,
  replicaSet: ReplicaSet | undefined,
  revision: number,
): Annotations {
  const annotations = { ...replicaSet?.metadata.annotations };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(key)) annotations[key] = value;
  }
  const old = annotations[REVISION];
  if ((Number.parseInt(old ?? '0', 10) || 0) < revision) {
    annotations[REVISION] = String(revision);
    if (old !== undefined) annotations[REVISION_HISTORY] = extendHistory(annotations[REVISION_HISTORY], old);
  }
  return replicaSet === undefined ? { ...annotations, ...sizeAnnotations(deployment) } : annotations;
}

/** What a scaled ReplicaSet remembers of its Deployment (deploymentutil.SetReplicasAnnotations). */
export function sizeAnnotations(deployment: Deployment): Annotations {
  const replicas = deployment.spec.replicas ?? 1;
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurge(deployment)) };
}

function extendHistory(history: string | undefined, revision: string): string {
  const revisions = history ? [...history.split(','), revision] : [revision];
  while (revisions.length > 1 && revisions.join(',').length > HISTORY_LENGTH) revisions.shift();
  return revisions.join(',');
}
