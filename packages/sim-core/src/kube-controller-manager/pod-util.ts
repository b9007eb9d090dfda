import type { Pod } from '../api/core-v1/pod.ts';
import { findCondition } from '../apimachinery/condition.ts';
import { parseTime } from '../sim/clock.ts';

/** Whether the pod still counts as a replica: neither finished nor being deleted (controller.IsPodActive). */
export function isPodActive({ metadata, status }: Pod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed' && metadata.deletionTimestamp === undefined;
}

/** Whether the pod's Ready condition stands at True (podutil.IsPodReady). */
export function isPodReady({ status }: Pod): boolean {
  // Asked of every pod at every change of any: a plain loop costs half of a callback.
  for (const { type, status: value } of status?.conditions ?? []) if (type === 'Ready') return value === 'True';
  return false;
}

/** Since when the pod's Ready condition has its status, in milliseconds; NaN when it was never set. */
export function readySince({ status }: Pod): number {
  return parseTime(findCondition(status?.conditions, 'Ready')?.lastTransitionTime);
}
