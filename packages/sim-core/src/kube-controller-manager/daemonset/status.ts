import type { DaemonSetStatus } from '../../api/apps-v1/daemon-set.ts';
import { isPodReady } from '../pod-util.ts';
import { byAge, type DaemonSync, isAvailable, isUpdated, podsOn } from './daemon-sync.ts';
import { suitability } from './node-pods.ts';

/** What nodes and pods are now; counts of 0 are left out where the API leaves them out (updateDaemonSetStatus). */
export function calculateStatus(sync: DaemonSync): DaemonSetStatus {
  const { metadata, status: old } = sync.daemonSet;
  let [desired, current, misscheduled, ready, available, updated] = [0, 0, 0, 0, 0, 0];
  for (const node of sync.nodes) {
    const [pod] = podsOn(sync, node.metadata.name).toSorted(byAge);
    const { shouldRun } = suitability(sync.daemonSet, node);
    if (!shouldRun) {
      if (pod !== undefined) misscheduled++;
      continue;
    }
    desired++;
    if (pod === undefined) continue;
    current++;
    if (isPodReady(pod)) ready++;
    if (isAvailable(pod, sync)) available++;
    if (isUpdated(pod, sync)) updated++;
  }
  const unavailable = desired - available;
  return {
    currentNumberScheduled: current,
    numberMisscheduled: misscheduled,
    desiredNumberScheduled: desired,
    numberReady: ready,
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
    ...(updated > 0 && { updatedNumberScheduled: updated }),
    ...(available > 0 && { numberAvailable: available }),
    ...(unavailable > 0 && { numberUnavailable: unavailable }),
    ...(old?.collisionCount !== undefined && { collisionCount: old.collisionCount }),
  };
}
