import type { Deployment, DeploymentStatus } from '../../api/apps-v1/deployment.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import type { Result } from '../../controller-runtime/controller.ts';
import { parseTime } from '../../sim/clock.ts';
import { progressingOf, type Statement, without, withStatement } from './conditions.ts';
import { desiredReplicas, type Rollout, writeStatus } from './rollout.ts';
import { calculateStatus, replicaFailure } from './status.ts';

/** progressDeadlineSeconds with this value means: no deadline (math.MaxInt32). */
const NO_DEADLINE = 2_147_483_647;

/** Whether the Deployment wants to know how it gets on (deploymentutil.HasProgressDeadline). */
export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== NO_DEADLINE;
}

/** Whether the status says that everything is rolled out (deploymentutil.DeploymentComplete). */
export function isComplete(rollout: Rollout, status: DeploymentStatus): boolean {
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, observedGeneration = 0 } = status;
  const counts = [updatedReplicas, replicas, availableReplicas];
  const generation = rollout.deployment.metadata.generation ?? 0;
  return counts.every((count) => count === desiredReplicas(rollout)) && observedGeneration >= generation;
}

/**
 * Brings the status up to date during a rollout, with the Progressing condition (pkg/controller/deployment/progress.go,
 * syncRolloutStatus). While a deadline runs the key comes back for it.
 */
export function syncRolloutStatus(rollout: Rollout): Result | undefined {
  const status = withReplicaFailure(rollout, withProgress(rollout, calculateStatus(rollout)));
  if (!deepEqual(status, rollout.deployment.status)) writeStatus(rollout, status);
  return untilDeadline(rollout, status);
}

function withProgress(rollout: Rollout, status: DeploymentStatus): DeploymentStatus {
  if (!hasProgressDeadline(rollout.deployment))
    return { ...status, conditions: without(status.conditions, 'Progressing') };
  const { updatedReplicas = 0, replicas = 0 } = status;
  const wasComplete = replicas === updatedReplicas && progressingOf(rollout)?.reason === 'NewReplicaSetAvailable';
  if (wasComplete) return status;
  const now = rollout.context.clock.now();
  if (isComplete(rollout, status))
    return say(status, statement(rollout, 'True', 'NewReplicaSetAvailable', 'has successfully progressed.'), now);
  if (isProgressing(rollout, status)) {
    return sayAgain(status, statement(rollout, 'True', 'ReplicaSetUpdated', 'is progressing.'), now);
  }
  if (!isTimedOut(rollout, status)) return status;
  return say(status, statement(rollout, 'False', 'ProgressDeadlineExceeded', 'has timed out progressing.'), now);
}

/** Whether anything moved since the last status (deploymentutil.DeploymentProgressing). */
function isProgressing({ deployment }: Rollout, status: DeploymentStatus): boolean {
  const counts = ({
    updatedReplicas = 0,
    replicas = 0,
    readyReplicas = 0,
    availableReplicas = 0,
  }: DeploymentStatus) => ({
    updatedReplicas,
    notYetReplaced: replicas - updatedReplicas,
    readyReplicas,
    availableReplicas,
  });
  const before = counts(deployment.status ?? {});
  const now = counts(status);
  return (
    now.updatedReplicas > before.updatedReplicas ||
    now.notYetReplaced < before.notYetReplaced ||
    now.readyReplicas > before.readyReplicas ||
    now.availableReplicas > before.availableReplicas
  );
}

/** Whether nothing has moved for progressDeadlineSeconds (deploymentutil.DeploymentTimedOut). */
function isTimedOut({ deployment, context }: Rollout, status: DeploymentStatus): boolean {
  const condition = findCondition(status.conditions, 'Progressing');
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return deadline(deployment, condition) < context.clock.now();
}

function deadline({ spec }: Deployment, { lastUpdateTime }: Condition): number {
  return parseTime(lastUpdateTime) + (spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** One second is added because timestamps have whole seconds (requeueStuckDeployment). */
function untilDeadline(rollout: Rollout, status: DeploymentStatus): Result | undefined {
  const condition = findCondition(status.conditions, 'Progressing');
  if (!hasProgressDeadline(rollout.deployment) || condition === undefined) return undefined;
  if (isComplete(rollout, status) || condition.reason === 'ProgressDeadlineExceeded') return undefined;
  return { requeueAfter: Math.max(0, deadline(rollout.deployment, condition) - rollout.context.clock.now()) + 1000 };
}

function withReplicaFailure(rollout: Rollout, status: DeploymentStatus): DeploymentStatus {
  const failure = replicaFailure(rollout);
  if (failure === undefined) return { ...status, conditions: without(status.conditions, 'ReplicaFailure') };
  return say(status, { reason: '', message: '', ...failure }, rollout.context.clock.now());
}

function statement(rollout: Rollout, status: 'True' | 'False', reason: string, outcome: string): Statement {
  const { newReplicaSet, deployment } = rollout;
  const subject =
    newReplicaSet === undefined
      ? `Deployment "${deployment.metadata.name}"`
      : `ReplicaSet "${newReplicaSet.metadata.name}"`;
  return { type: 'Progressing', status, reason, message: `${subject} ${outcome}` };
}

function say(status: DeploymentStatus, said: Statement, now: number): DeploymentStatus {
  return { ...status, conditions: withStatement(status.conditions, said, now) };
}

/** As `say`, but moves lastUpdateTime even when the same was said before: every step of progress restarts the deadline. */
function sayAgain(status: DeploymentStatus, said: Statement, now: number): DeploymentStatus {
  const old = findCondition(status.conditions, said.type);
  const conditions = withStatement(without(status.conditions, said.type), said, now);
  if (old?.status !== said.status || old.lastTransitionTime === undefined) return { ...status, conditions };
  const { lastTransitionTime } = old;
  return {
    ...status,
    conditions: conditions.map((each) => (each.type === said.type ? { ...each, lastTransitionTime } : each)),
  };
}
