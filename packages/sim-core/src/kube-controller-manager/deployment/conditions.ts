import type { DeploymentStatus } from '../../api/apps-v1/deployment.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { formatTime } from '../../sim/clock.ts';
import type { Rollout } from './rollout.ts';

/** The part of a condition that says something; times are added when it is set. */
export type Statement = Pick<Condition, 'type' | 'status'> & { reason: string; message: string };

/** The conditions with the statement as their last, unless its status and reason stand there already (SetDeploymentCondition). */
export function withStatement(
  conditions: readonly Condition[] | undefined,
  statement: Statement,
  now: number,
): Condition[] {
  const old = findCondition(conditions, statement.type);
  if (old?.status === statement.status && old.reason === statement.reason) return [...(conditions ?? [])];
  const time = formatTime(now);
  const lastTransitionTime = old?.status === statement.status ? (old.lastTransitionTime ?? time) : time;
  return [...without(conditions, statement.type), { ...statement, lastUpdateTime: time, lastTransitionTime }];
}

/** The conditions without the one of that type. */
export function without(conditions: readonly Condition[] | undefined, type: string): Condition[] {
  return (conditions ?? []).filter((condition) => condition.type !== type);
}

/** The Deployment's status with the statement made. */
export function statusWith({ deployment, context }: Rollout, statement: Statement): DeploymentStatus {
  const conditions = withStatement(deployment.status?.conditions, statement, context.clock.now());
  return { ...deployment.status, conditions };
}

/** The Progressing condition as it is stored. */
export function progressingOf({ deployment }: Rollout): Condition | undefined {
  return findCondition(deployment.status?.conditions, 'Progressing');
}
