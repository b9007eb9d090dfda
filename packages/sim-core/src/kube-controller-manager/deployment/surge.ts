import type { Deployment } from '../../api/apps-v1/deployment.ts';
import { resolvePercent } from '../../apimachinery/int-or-string.ts';

const DEFAULT = '25%';

/** Whether the strategy replaces pods bit by bit, which is the default. */
export function isRollingUpdate({ spec }: Deployment): boolean {
  return (spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
}

/** Pods that a rollout may have above the desired number; percentages round up (deploymentutil.MaxSurge). */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** Pods that may be unavailable during a rollout; percentages round down (deploymentutil.MaxUnavailable). */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = deployment.spec.replicas ?? 1;
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

/** Pods that must stay available during a rollout. */
export function minAvailable(deployment: Deployment): number {
  return (deployment.spec.replicas ?? 1) - maxUnavailable(deployment);
}

/** Both at 0 would block every rollout, so then one pod may be unavailable (deploymentutil.ResolveFenceposts). */
function fenceposts({ spec }: Deployment): { surge: number; unavailable: number } {
  const replicas = spec.replicas ?? 1;
  const surge = resolvePercent(spec.strategy?.rollingUpdate?.maxSurge ?? DEFAULT, replicas, true);
  const unavailable = resolvePercent(spec.strategy?.rollingUpdate?.maxUnavailable ?? DEFAULT, replicas, false);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
