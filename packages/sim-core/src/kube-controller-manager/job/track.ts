import { type Job, jobs } from '../../api/batch-v1/job.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { finalCondition } from './finish.ts';
import { formatIndexes, isIndexed } from './indexes.ts';
import { isPodFailed, isTracked, untrack } from './job-pods.ts';
import { hasSucceeded, type JobSync, type TrackedStatus } from './job-sync.ts';

/**
 * Counts ended pods so that none is lost and none counts twice: first their uids go into the status, then their
 * finalizers come off, then the numbers go up and the uids out (trackJobStatusAndRemoveFinalizers). `end` is the interim
 * condition of a job that is over; the final one follows when every pod is counted and none is terminating.
 */
export function track(sync: JobSync, status: TrackedStatus, end: Condition | undefined): void {
  const finished = sync.pods
    .map((pod) => newest(pod, sync))
    .filter((pod) => pod !== undefined && isTracked(pod) && isOver(pod, sync.job, end)) as Pod[];
  const announced = withInterim(withUncounted(countUntracked(status, sync), finished, sync, end), end);
  const job = write(sync.job, announced, sync);
  for (const pod of finished) untrack(pod, sync.context.client);
  const counted = countUntracked(announced, sync);
  const final = end === undefined || !mayEnd(counted) ? undefined : finalCondition(end, sync.now);
  const ended = write(job, final === undefined ? counted : withFinal(counted, final), sync);
  if (final !== undefined) tell(ended, final, sync);
}

function isOver(pod: Pod, job: Job, end: Condition | undefined): boolean {
  return (
    job.metadata.deletionTimestamp !== undefined || end !== undefined || hasSucceeded(pod) || isPodFailed(job, pod)
  );
}

function newest({ metadata }: Pod, { context }: JobSync): Pod | undefined {
  const pod = context.client.get(pods, metadata.namespace ?? '', metadata.name);
  return pod?.metadata.uid === metadata.uid ? pod : undefined;
}

function withUncounted(
  status: TrackedStatus,
  finished: readonly Pod[],
  sync: JobSync,
  end: Condition | undefined,
): TrackedStatus {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const known = new Set([...succeeded, ...failed]);
  const failing = end !== undefined && end.type !== 'SuccessCriteriaMet';
  const fresh = finished.filter(({ metadata }) => !known.has(metadata.uid ?? ''));
  const uids = (some: readonly Pod[]) => some.map(({ metadata }) => metadata.uid ?? '');
  const newFailed = fresh.filter((pod) => !hasSucceeded(pod) && (failing || isPodFailed(sync.job, pod)));
  // With indexes the index is what is remembered: a success needs no uid.
  const newSucceeded = isIndexed(sync.job) ? [] : fresh.filter(hasSucceeded);
  const uncounted = uncountedOf([...succeeded, ...uids(newSucceeded)], [...failed, ...uids(newFailed)]);
  if (!isIndexed(sync.job)) return { ...status, uncountedTerminatedPods: uncounted };
  const { size } = sync.done;
  return {
    ...status,
    uncountedTerminatedPods: uncounted,
    ...(size > 0 && { succeeded: size, completedIndexes: formatIndexes(sync.done) }),
  };
}

/** Moves pods without the finalizer from the uncounted to the numbers (cleanUncountedPodsWithoutFinalizers). */
function countUntracked(status: TrackedStatus, sync: JobSync): TrackedStatus {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const tracked = new Set(
    sync.pods
      .map((pod) => newest(pod, sync))
      .filter((pod) => pod !== undefined && isTracked(pod))
      .map((pod) => pod?.metadata.uid ?? ''),
  );
  const [openSucceeded, openFailed] = [succeeded, failed].map((uids) => uids.filter((uid) => tracked.has(uid))) as [
    string[],
    string[],
  ];
  const succeededCount = (status.succeeded ?? 0) + succeeded.length - openSucceeded.length;
  const failedCount = (status.failed ?? 0) + failed.length - openFailed.length;
  return {
    ...status,
    ...(succeededCount > 0 && { succeeded: succeededCount }),
    ...(failedCount > 0 && { failed: failedCount }),
    uncountedTerminatedPods: uncountedOf(openSucceeded, openFailed),
  };
}

function uncountedOf(succeeded: string[], failed: string[]): NonNullable<TrackedStatus['uncountedTerminatedPods']> {
  return { ...(succeeded.length > 0 && { succeeded }), ...(failed.length > 0 && { failed }) };
}

function withInterim(status: TrackedStatus, interim: Condition | undefined): TrackedStatus {
  if (interim === undefined || findCondition(status.conditions, interim.type) !== undefined) return status;
  return { ...status, conditions: [...(status.conditions ?? []), interim] };
}

function mayEnd({ uncountedTerminatedPods = {}, terminating = 0 }: TrackedStatus): boolean {
  const { succeeded = [], failed = [] } = uncountedTerminatedPods;
  return succeeded.length + failed.length + terminating === 0;
}

function withFinal(status: TrackedStatus, final: Condition): TrackedStatus {
  const conditions = [...(status.conditions ?? []), final];
  return final.type === 'Complete'
    ? { ...status, conditions, completionTime: final.lastTransitionTime as string }
    : { ...status, conditions };
}

function write(job: Job, status: TrackedStatus, { context }: JobSync): Job {
  const stored = context.client.get(jobs, job.metadata.namespace ?? '', job.metadata.name);
  return deepEqual(stored?.status, status) ? { ...job, status } : context.client.updateStatus(jobs, { ...job, status });
}

function tell(job: Job, final: Condition, { context }: JobSync): void {
  if (final.type === 'Complete') context.events.event(job, 'Normal', 'Completed', 'Job completed');
  else context.events.event(job, 'Warning', final.reason ?? '', final.message ?? '');
}
