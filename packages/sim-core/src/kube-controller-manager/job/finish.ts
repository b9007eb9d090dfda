import type { Job } from '../../api/batch-v1/job.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { parseTime } from '../../sim/clock.ts';
import { completionsOf, type JobSync, jobCondition } from './job-sync.ts';

/** Pods that may fail before the job does (pkg/apis/batch/v1/defaults.go). */
const BACKOFF_LIMIT = 6;

/** What is already decided about the job's end, or what its failures decide now: SuccessCriteriaMet or FailureTarget. */
export function decidedEnd(sync: JobSync): Condition | undefined {
  const { job, pods, failed, now } = sync;
  const conditions = job.status?.conditions;
  const decided = ['SuccessCriteriaMet', 'FailureTarget']
    .map((type) => findCondition(conditions, type))
    .find((each) => each?.status === 'True');
  if (decided !== undefined) return decided;
  const limit = job.spec.backoffLimit ?? BACKOFF_LIMIT;
  if (failed > limit || pastLimitOnFailure(job, pods, limit)) {
    return jobCondition(
      'FailureTarget',
      'True',
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
      now,
    );
  }
  if (untilDeadline(sync) > 0) return undefined;
  return jobCondition(
    'FailureTarget',
    'True',
    'DeadlineExceeded',
    'Job was active longer than specified deadline',
    now,
  );
}

/** SuccessCriteriaMet once there are enough successes and nothing runs any more. */
export function success({ job, succeeded, now }: JobSync, active: number): Condition | undefined {
  const enough = succeeded >= (completionsOf(job) ?? 1);
  if (!enough || active > 0) return undefined;
  return jobCondition(
    'SuccessCriteriaMet',
    'True',
    'CompletionsReached',
    'Reached expected number of succeeded pods',
    now,
  );
}

/** Milliseconds until activeDeadlineSeconds is over; Infinity without one (pastActiveDeadline). */
export function untilDeadline({ job, now }: JobSync): number {
  const { activeDeadlineSeconds, suspend } = job.spec;
  const start = parseTime(job.status?.startTime);
  if (activeDeadlineSeconds === undefined || suspend === true || Number.isNaN(start)) return Number.POSITIVE_INFINITY;
  return start + activeDeadlineSeconds * 1000 - now;
}

/** The final condition that an interim one leads to. */
export function finalCondition(interim: Condition, now: number): Condition {
  const type = interim.type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed';
  return jobCondition(type, 'True', interim.reason ?? '', interim.message ?? '', now);
}

/** With restartPolicy OnFailure the restarts inside living pods count against the limit (pastBackoffLimitOnFailure). */
function pastLimitOnFailure({ spec }: Job, pods: readonly Pod[], limit: number): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  const living = pods.filter(({ status }) => status?.phase === 'Running' || status?.phase === 'Pending');
  const statuses = living.flatMap(({ status }) => [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ]);
  const restarts = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}
