import type { Job } from '../../api/batch-v1/job.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { findCondition } from '../../apimachinery/condition.ts';
import { parseTime } from '../../sim/clock.ts';
import { isPodFailed } from './job-pods.ts';

/** Wait after the first failure in milliseconds; each further one doubles it (DefaultJobPodFailureBackOff). */
const FIRST = 10_000;
/** Longest wait in milliseconds (MaxJobPodFailureBackOff). */
const LAST = 600_000;

/**
 * How long a job waits before it creates pods again, in milliseconds: 10 s after a failure, doubling with each further
 * failure since the last success (pkg/controller/job/backoff_utils.go). Read off the pods that are still there.
 */
export function remainingBackoff(job: Job, pods: readonly Pod[], now: number): number {
  const lastSuccess = Math.max(
    ...pods.filter(({ status }) => status?.phase === 'Succeeded').map(finishedAt),
    Number.NEGATIVE_INFINITY,
  );
  const failures = pods
    .filter((pod) => isPodFailed(job, pod))
    .map(finishedAt)
    .filter((at) => at > lastSuccess);
  if (failures.length === 0) return 0;
  const wait = Math.min(FIRST * 2 ** (failures.length - 1), LAST);
  return Math.max(0, Math.max(...failures) + wait - now);
}

/** When the pod came to its end: its last container's, or else when it stopped being ready, was deleted, or made. */
function finishedAt({ metadata, status }: Pod): number {
  const ends = (status?.containerStatuses ?? []).map(({ state }) => parseTime(state?.terminated?.finishedAt));
  if (ends.length > 0 && ends.every((end) => !Number.isNaN(end))) return Math.max(...ends);
  const ready = findCondition(status?.conditions, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime !== undefined) return parseTime(ready.lastTransitionTime);
  if (metadata.deletionTimestamp === undefined) return parseTime(metadata.creationTimestamp);
  return parseTime(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
}
