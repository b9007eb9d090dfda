import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { controllerOf, newControllerRef } from '../../apimachinery/object-meta.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import { isNamespaceTerminating } from '../pod-control.ts';
import { computeHash, equalIgnoreHash, POD_TEMPLATE_HASH } from '../pod-template-hash.ts';
import { annotationsForNew, REVISION, revisionOf } from './annotations.ts';
import { progressingOf, type Statement, statusWith } from './conditions.ts';
import { hasProgressDeadline } from './progress.ts';
import { byCreation, desiredReplicas, type Rollout, sizeOf, total, writeStatus } from './rollout.ts';
import { isRollingUpdate, maxSurge } from './surge.ts';

/** The oldest ReplicaSet with the Deployment's template (deploymentutil.FindNewReplicaSet). */
export function findNewReplicaSet({ spec }: Deployment, owned: readonly ReplicaSet[]): ReplicaSet | undefined {
  return owned.toSorted(byCreation).find((replicaSet) => equalIgnoreHash(replicaSet.spec.template, spec.template));
}

/** Brings the existing new ReplicaSet's annotations and the Deployment's revision up to date (getNewReplicaSet). */
export function syncRevision(rollout: Rollout): void {
  const existing = rollout.newReplicaSet;
  if (existing === undefined) return;
  const annotations = annotationsForNew(rollout.deployment, existing, nextRevision(rollout));
  const { minReadySeconds } = rollout.deployment.spec;
  if (
    !deepEqual(annotations, existing.metadata.annotations ?? {}) ||
    (existing.spec.minReadySeconds ?? 0) !== (minReadySeconds ?? 0)
  ) {
    const wanted = {
      ...existing,
      metadata: { ...existing.metadata, annotations },
      spec: { ...existing.spec, minReadySeconds },
    };
    rollout.newReplicaSet = rollout.context.client.update(replicaSets, wanted);
    return;
  }
  const found = hasProgressDeadline(rollout.deployment) && progressingOf(rollout) === undefined;
  recordRevision(
    rollout,
    revisionOf(existing),
    found ? progressing('FoundNewReplicaSet', `Found new replica set "${existing.metadata.name}"`) : undefined,
  );
}

/** Creates the ReplicaSet of the current template where there is none. @throws StatusError to be retried */
export function createNewReplicaSet(rollout: Rollout): void {
  if (rollout.newReplicaSet !== undefined) return;
  const revision = nextRevision(rollout);
  const wanted = newReplicaSet(rollout, revision);
  const created = create(rollout, wanted);
  if (created === undefined) return;
  rollout.newReplicaSet = created.replicaSet;
  const size = sizeOf(wanted);
  const { name } = wanted.metadata;
  if (!created.existed && size > 0) {
    rollout.context.events.event(
      rollout.deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled up replica set ${name} from 0 to ${size}`,
    );
  }
  const tell = !created.existed && hasProgressDeadline(rollout.deployment);
  recordRevision(
    rollout,
    revision,
    tell ? progressing('NewReplicaSetCreated', `Created new replica set "${name}"`) : undefined,
  );
}

/** Replicas for the new ReplicaSet: as many as the surge leaves room for (deploymentutil.NewRSNewReplicas). */
export function newReplicaCount(rollout: Rollout, replicaSets: readonly ReplicaSet[], current: number): number {
  const desired = desiredReplicas(rollout);
  if (!isRollingUpdate(rollout.deployment)) return desired;
  const room = desired + maxSurge(rollout.deployment) - total(replicaSets, sizeOf);
  return room <= 0 ? current : current + Math.min(room, desired - current);
}

function nextRevision({ oldReplicaSets }: Rollout): number {
  return oldReplicaSets.reduce((highest, replicaSet) => Math.max(highest, revisionOf(replicaSet)), 0) + 1;
}

function newReplicaSet(rollout: Rollout, revision: number): ReplicaSet {
  const { metadata, spec, status } = rollout.deployment;
  const hash = computeHash(spec.template, status?.collisionCount);
  const labels = { ...spec.template.metadata?.labels, [POD_TEMPLATE_HASH]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace ?? '',
      labels,
      annotations: annotationsForNew(rollout.deployment, undefined, revision),
      ownerReferences: [newControllerRef(rollout.deployment)],
    },
    spec: {
      replicas: newReplicaCount(rollout, rollout.oldReplicaSets, 0),
      ...(spec.minReadySeconds !== undefined && { minReadySeconds: spec.minReadySeconds }),
      selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}

/** Undefined where the namespace is being deleted: nothing will be created there any more. */
function create(rollout: Rollout, wanted: ReplicaSet): { replicaSet: ReplicaSet; existed: boolean } | undefined {
  const { client, events } = rollout.context;
  try {
    return { replicaSet: client.create(replicaSets, wanted), existed: false };
  } catch (error) {
    if (isNamespaceTerminating(error)) return undefined;
    if (!(error instanceof StatusError)) throw error;
    if (error.status.reason === 'AlreadyExists')
      return { replicaSet: existingOrCollision(rollout, wanted, error), existed: true };
    const message = `Failed to create new replica set "${wanted.metadata.name}": ${error.message}`;
    const failed: Statement = { type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message };
    if (hasProgressDeadline(rollout.deployment)) writeStatus(rollout, statusWith(rollout, failed));
    events.event(rollout.deployment, 'Warning', 'ReplicaSetCreateError', message);
    throw error;
  }
}

/** A ReplicaSet of that name is ours, or two templates share a hash: then the collision count leads to another name. */
function existingOrCollision(rollout: Rollout, wanted: ReplicaSet, error: StatusError): ReplicaSet {
  const existing = rollout.context.client.get(replicaSets, wanted.metadata.namespace ?? '', wanted.metadata.name);
  const ours = existing !== undefined && controllerOf(existing)?.uid === rollout.deployment.metadata.uid;
  if (ours && equalIgnoreHash(existing.spec.template, wanted.spec.template)) return existing;
  const { status } = rollout.deployment;
  writeStatus(rollout, { ...status, collisionCount: (status?.collisionCount ?? 0) + 1 });
  throw error;
}

function progressing(reason: string, message: string): Statement {
  return { type: 'Progressing', status: 'True', reason, message };
}

/** Writes the Deployment's revision annotation and the statement, in one write (SetDeploymentRevision). */
function recordRevision(rollout: Rollout, revision: number, statement: Statement | undefined): void {
  const { deployment } = rollout;
  const annotations = { ...deployment.metadata.annotations, [REVISION]: String(revision) };
  const status = statement === undefined ? deployment.status : statusWith(rollout, statement);
  if (revisionOf(deployment) === revision && status === deployment.status) return;
  const wanted = { ...deployment, metadata: { ...deployment.metadata, annotations }, ...(status && { status }) };
  rollout.deployment = rollout.context.client.updateStatus(deployments, wanted);
}
