import type { ControllerRevision } from '../../api/apps-v1/controller-revision.ts';
import type { StatefulSet } from '../../api/apps-v1/stateful-set.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { Context } from '../../controller-runtime/controller.ts';
import { isPodReady, readySince } from '../pod-util.ts';

/** A StatefulSet, its pods and the revisions between which it stands, during one reconcile. */
export interface StatefulSync {
  readonly context: Context;
  readonly set: StatefulSet;
  /** The revision from which an update started. */
  readonly current: ControllerRevision;
  /** The revision of the template. */
  readonly update: ControllerRevision;
  readonly collisionCount: number;
  readonly now: number;
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isPodReady(pod);
}

/** Ready for minReadySeconds (isRunningAndAvailable). */
export function isAvailable(pod: Pod, { set, now }: StatefulSync): boolean {
  const wait = (set.spec.minReadySeconds ?? 0) * 1000;
  return isRunningAndReady(pod) && (wait === 0 || readySince(pod) + wait <= now);
}

export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Running, ready and staying. */
export function isHealthy(pod: Pod): boolean {
  return isRunningAndReady(pod) && !isTerminating(pod);
}
