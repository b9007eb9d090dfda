import type { Pod } from '../api/core-v1/pod.ts';
import { findCondition, isConditionTrue } from '../apimachinery/condition.ts';
import { parseTime } from '../sim/clock.ts';

/** Whether the pod still counts as a replica: neither finished nor being deleted (controller.IsPodActive). */
export function isPodActive({ metadata, status }: Pod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed' && metadata.deletionTimestamp === undefined;
}

/** Whether the pod's Ready condition stands at True (podutil.IsPodReady). */
export function isPodReady({ status }: Pod): boolean {
  return isConditionTrue(status?.conditions, 'Ready');
}

/** Since when the pod's Ready condition has its status, in milliseconds; NaN when it was never set. */
export function readySince({ status }: Pod): number {
  return parseTime(findCondition(status?.conditions, 'Ready')?.lastTransitionTime);
}

/** Whether the pod has been ready for `minReadySeconds` at `now` (podutil.IsPodAvailable). */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  return isPodReady(pod) && (minReadySeconds === 0 || readySince(pod) + minReadySeconds * 1000 <= now);
}
