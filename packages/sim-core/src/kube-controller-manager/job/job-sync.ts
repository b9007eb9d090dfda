import type { Job, JobStatus } from '../../api/batch-v1/job.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { Condition } from '../../apimachinery/condition.ts';
import type { Context } from '../../controller-runtime/controller.ts';
import { formatTime } from '../../sim/clock.ts';
import { isPodActive } from '../pod-util.ts';
import { indexOf, isIndexed, parseIndexes } from './indexes.ts';
import { isPodFailed, isTracked } from './job-pods.ts';

/** Pods that have ended and whose finalizer is being taken off; they are counted when it is (batch.UncountedTerminatedPods). */
export interface Uncounted {
  succeeded?: string[];
  failed?: string[];
}

/** The status with the members that only this controller reads. */
export interface TrackedStatus extends JobStatus {
  uncountedTerminatedPods?: Uncounted & Record<string, unknown>;
  completedIndexes?: string;
}

/** A job and its pods during one reconcile. */
export interface JobSync {
  readonly context: Context;
  readonly job: Job;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  /** Pods, or with indexes completions, that have succeeded, counted or not. */
  readonly succeeded: number;
  /** Pods that have failed, counted or not. */
  readonly failed: number;
  /** Indexes that are done. */
  readonly done: ReadonlySet<number>;
  readonly now: number;
}

/** What the job and its pods say at this moment. */
export function observe(job: Job, pods: readonly Pod[], context: Context): JobSync {
  const status: TrackedStatus = job.status ?? {};
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const counted = new Set([...succeeded, ...failed]);
  const fresh = pods.filter(
    (pod) =>
      isTracked(pod) && !counted.has(pod.metadata.uid ?? '') && (!isIndexed(job) || indexOf(pod, job) !== undefined),
  );
  const done = isIndexed(job) ? doneIndexes(job, fresh, status) : new Set<number>();
  return {
    context,
    job,
    pods,
    active: pods.filter(isPodActive),
    succeeded: isIndexed(job)
      ? done.size
      : (status.succeeded ?? 0) + succeeded.length + fresh.filter(hasSucceeded).length,
    failed: (status.failed ?? 0) + failed.length + fresh.filter((pod) => isPodFailed(job, pod)).length,
    done,
    now: context.clock.now(),
  };
}

/** Whether the pod ended well. */
export function hasSucceeded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded';
}

/** How many successes the job wants; undefined when one pod's success is everybody's. */
export function completionsOf({ spec }: Job): number | undefined {
  return spec.completions ?? (spec.parallelism === undefined ? 1 : undefined);
}

/** A condition of a job; jobs stamp both times. */
export function jobCondition(
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: number,
): Condition {
  const time = formatTime(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message };
}

/** Whether nothing more will be done for the job (IsJobFinished). */
export function isJobFinished({ status }: Job): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );
}

function doneIndexes(job: Job, fresh: readonly Pod[], { completedIndexes }: TrackedStatus): Set<number> {
  const done = parseIndexes(completedIndexes);
  for (const pod of fresh.filter(hasSucceeded)) done.add(indexOf(pod, job) as number);
  return done;
}
