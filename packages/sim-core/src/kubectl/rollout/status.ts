import type { JsonObject } from '../json.ts';
import { number, objects, text } from '../json.ts';
import { failure } from '../kubectl-error.ts';

/** How far a rollout is. */
export interface RolloutStatus {
  /** With its line break. */
  readonly message: string;
  readonly done: boolean;
}

/** What `rollout status` says (kubectl/pkg/polymorphichelpers/rollout_status.go). @throws KubectlError */
export function rolloutStatus(kind: string, object: JsonObject, revision = 0): RolloutStatus {
  const own = Number(text(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') || '0');
  if (kind === 'Deployment' && revision > 0 && own !== revision) {
    throw failure(`desired revision (${revision}) is different from the running revision (${own})`);
  }
  if (kind === 'Deployment') return deployment(object);
  if (kind === 'DaemonSet') return daemonSet(object);
  if (kind === 'StatefulSet') return statefulSet(object);
  throw failure(`no status viewer has been implemented for ${kind}`);
}

const waiting = (message: string): RolloutStatus => ({ message: `${message}\n`, done: false });
const over = (message: string): RolloutStatus => ({ message: `${message}\n`, done: true });

function isObserved(object: JsonObject): boolean {
  return number(object, 'metadata', 'generation') <= number(object, 'status', 'observedGeneration');
}

function deployment(object: JsonObject): RolloutStatus {
  const name = text(object, 'metadata', 'name');
  if (!isObserved(object)) return waiting('Waiting for deployment spec update to be observed...');
  const progressing = objects(object, 'status', 'conditions').find((each) => text(each, 'type') === 'Progressing');
  if (text(progressing, 'reason') === 'ProgressDeadlineExceeded') {
    throw failure(`deployment "${name}" exceeded its progress deadline`);
  }
  const count = (field: string) => number(object, 'status', field);
  const wanted = number(object, 'spec', 'replicas');
  const [updated, all, available] = [count('updatedReplicas'), count('replicas'), count('availableReplicas')];
  const start = `Waiting for deployment "${name}" rollout to finish:`;
  if (updated < wanted) return waiting(`${start} ${updated} out of ${wanted} new replicas have been updated...`);
  if (all > updated) return waiting(`${start} ${all - updated} old replicas are pending termination...`);
  if (available < updated) return waiting(`${start} ${available} of ${updated} updated replicas are available...`);
  return over(`deployment "${name}" successfully rolled out`);
}

function daemonSet(object: JsonObject): RolloutStatus {
  const name = text(object, 'metadata', 'name');
  if (text(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') {
    throw failure('rollout status is only available for RollingUpdate strategy type');
  }
  if (!isObserved(object)) return waiting('Waiting for daemon set spec update to be observed...');
  const count = (field: string) => number(object, 'status', field);
  const wanted = count('desiredNumberScheduled');
  const start = `Waiting for daemon set "${name}" rollout to finish:`;
  if (count('updatedNumberScheduled') < wanted) {
    return waiting(`${start} ${count('updatedNumberScheduled')} out of ${wanted} new pods have been updated...`);
  }
  if (count('numberAvailable') < wanted) {
    return waiting(`${start} ${count('numberAvailable')} of ${wanted} updated pods are available...`);
  }
  return over(`daemon set "${name}" successfully rolled out`);
}

function statefulSet(object: JsonObject): RolloutStatus {
  if (text(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') {
    throw failure('rollout status is only available for RollingUpdate strategy type');
  }
  if (!isObserved(object) || number(object, 'status', 'observedGeneration') === 0) {
    return waiting('Waiting for statefulset spec update to be observed...');
  }
  const count = (field: string) => number(object, 'status', field);
  const wanted = number(object, 'spec', 'replicas');
  if (count('readyReplicas') < wanted)
    return waiting(`Waiting for ${wanted - count('readyReplicas')} pods to be ready...`);
  const partition = number(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  if (partition > 0) {
    const updated = count('updatedReplicas');
    if (updated < wanted - partition) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated...`,
      );
    }
    return over(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const revision = text(object, 'status', 'updateRevision');
  if (revision !== text(object, 'status', 'currentRevision')) {
    return waiting(
      `waiting for statefulset rolling update to complete ${count('updatedReplicas')} pods at revision ${revision}...`,
    );
  }
  return over(
    `statefulset rolling update complete ${count('currentReplicas')} pods at revision ${text(object, 'status', 'currentRevision')}...`,
  );
}
