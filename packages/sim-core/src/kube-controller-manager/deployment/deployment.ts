import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { isEmptySelector, matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, type Result, watching } from '../../controller-runtime/controller.ts';
import { claim, orphansBeside } from '../controller-ref-manager.ts';
import { cleanup } from './cleanup.ts';
import { findNewReplicaSet, syncRevision } from './new-replica-set.ts';
import { checkPaused } from './paused.ts';
import { rolloutRecreate } from './recreate.ts';
import { rolloutRolling } from './rolling.ts';
import { type Rollout, writeStatus } from './rollout.ts';
import { isScalingEvent, scale } from './scale.ts';
import { syncStatus } from './status.ts';
import { isRollingUpdate } from './surge.ts';

/** Rolls templates out over ReplicaSets (pkg/controller/deployment). It never touches a pod itself. */
export function deploymentController(): Controller {
  return {
    name: 'deployment',
    component: 'deployment-controller',
    for: deployments,
    owns: [replicaSets],
    watches: [watching(replicaSets, deploymentsForOrphan), watching(pods, recreateDeploymentOf, { onlyAfter: true })],
    reconcile,
  };
}

function reconcile({ namespace, name }: NamespacedName, context: Context): Result | undefined {
  const deployment = context.client.get(deployments, namespace, name);
  if (deployment === undefined) return undefined;
  if (isEmptySelector(deployment.spec.selector)) return refuseSelectingAll(deployment, context);
  const rollout = newRollout(deployment, context);
  if (deployment.metadata.deletionTimestamp !== undefined) return syncStatusOnly(rollout);
  checkPaused(rollout);
  syncRevision(rollout);
  if (deployment.spec.paused === true || isScalingEvent(rollout)) return syncScale(rollout);
  return isRollingUpdate(deployment) ? rolloutRolling(rollout) : rolloutRecreate(rollout);
}

function newRollout(deployment: Deployment, context: Context): Rollout {
  const owned = claim(
    deployment,
    {
      kind: replicaSets,
      owned: context.client.listControlledBy(replicaSets, deployment),
      orphans: orphansBeside(deployment, replicaSets, context.client),
      matches: ({ metadata }: ReplicaSet) => matchesSelector(deployment.spec.selector, metadata.labels),
    },
    context.client,
  );
  const newReplicaSet = findNewReplicaSet(deployment, owned);
  return {
    context,
    deployment,
    newReplicaSet,
    oldReplicaSets: owned.filter((replicaSet) => replicaSet !== newReplicaSet),
  };
}

function syncStatusOnly(rollout: Rollout): undefined {
  syncRevision(rollout);
  syncStatus(rollout);
}

/** Scaled or paused: sizes change, templates do not (pkg/controller/deployment/sync.go, sync). */
function syncScale(rollout: Rollout): undefined {
  scale(rollout);
  if (rollout.deployment.spec.paused === true) cleanup(rollout);
  syncStatus(rollout);
}

function refuseSelectingAll(deployment: Deployment, context: Context): undefined {
  const { generation } = deployment.metadata;
  if (generation === undefined || (deployment.status?.observedGeneration ?? 0) >= generation) return;
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  context.events.event(deployment, 'Warning', 'SelectingAll', message);
  const rollout = { context, deployment, newReplicaSet: undefined, oldReplicaSets: [] };
  writeStatus(rollout, { ...deployment.status, observedGeneration: generation });
}

/** A ReplicaSet without a controller may be adopted by any Deployment that selects it. */
function deploymentsForOrphan(replicaSet: ReplicaSet, { client }: Context): NamespacedName[] {
  if (controllerOf(replicaSet) !== undefined) return [];
  const { namespace = '', labels } = replicaSet.metadata;
  const selecting = client.list(deployments, namespace).filter(({ spec }) => matchesSelector(spec.selector, labels));
  return selecting.map(({ metadata }) => ({ namespace, name: metadata.name }));
}

/** A Recreate waits for its last old pod: its Deployment looks again when a pod has gone or finished. */
function recreateDeploymentOf(pod: Pod, { client }: Context): NamespacedName[] {
  const { namespace = '', name } = pod.metadata;
  const owner = controllerOf(pod);
  if (owner?.kind !== 'ReplicaSet') return [];
  const replicaSet = client.get(replicaSets, namespace, owner.name);
  const deploymentName = replicaSet && controllerOf(replicaSet)?.name;
  const deployment = deploymentName === undefined ? undefined : client.get(deployments, namespace, deploymentName);
  if (deployment?.spec.strategy?.type !== 'Recreate') return [];
  const { phase } = pod.status ?? {};
  const gone = client.get(pods, namespace, name) === undefined || phase === 'Succeeded' || phase === 'Failed';
  return gone ? [{ namespace, name: deployment.metadata.name }] : [];
}
