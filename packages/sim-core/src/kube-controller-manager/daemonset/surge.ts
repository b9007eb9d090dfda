import type { DaemonSet } from '../../api/apps-v1/daemon-set.ts';
import { resolvePercent } from '../../apimachinery/int-or-string.ts';

/** Nodes that may have a new pod beside the old one; percentages round up (util.SurgeCount). */
export function maxSurge({ spec }: DaemonSet, desired: number): number {
  return resolvePercent(spec.updateStrategy?.rollingUpdate?.maxSurge, desired, true);
}

/** Nodes that may be without an available pod; 1 where both are 0 (updatedDesiredNodeCounts). */
export function maxUnavailable(daemonSet: DaemonSet, desired: number): number {
  const { maxUnavailable: wanted = 1 } = daemonSet.spec.updateStrategy?.rollingUpdate ?? {};
  const count = resolvePercent(wanted, desired, true);
  return count === 0 && maxSurge(daemonSet, desired) === 0 ? 1 : count;
}

/** Whether new pods come before old ones go (util.AllowsSurge). */
export function allowsSurge(daemonSet: DaemonSet): boolean {
  return daemonSet.spec.updateStrategy?.type !== 'OnDelete' && maxSurge(daemonSet, 1) > 0;
}
