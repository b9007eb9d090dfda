import type { CronJobStatus } from '../../api/batch-v1/cron-job.ts';
import { type Job, jobs } from '../../api/batch-v1/job.ts';
import { isConditionTrue } from '../../apimachinery/condition.ts';
import type { CronSync } from './cron-sync.ts';

/** `Complete` or `Failed` once a Job is over (jobutil.FinishedCondition). */
export function finishedCondition({ status }: Job): 'Complete' | 'Failed' | undefined {
  return (['Complete', 'Failed'] as const).find((type) => isConditionTrue(status?.conditions, type));
}

/** Deletes the oldest ended Jobs beyond the history limits (cleanupFinishedJobs). */
export function cleanUp(sync: CronSync): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = sync.cronJob.spec;
  removeOldest(sync, 'Complete', successfulJobsHistoryLimit);
  removeOldest(sync, 'Failed', failedJobsHistoryLimit);
}

/** Deletes a Job and takes it off the active ones. */
export function deleteJob(sync: CronSync, job: Job): void {
  const { client, events } = sync.context;
  client.delete(jobs, job.metadata.namespace ?? '', job.metadata.name, { propagationPolicy: 'Background' });
  forget(sync, job.metadata.uid);
  events.event(sync.cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
}

/** Takes a Job off the active ones. */
export function forget(sync: CronSync, uid: string | undefined): void {
  sync.status = withActive(
    sync.status,
    (sync.status.active ?? []).filter((reference) => reference.uid !== uid),
  );
}

/** The status with those active Jobs; none are left out. */
export function withActive(status: CronJobStatus, active: NonNullable<CronJobStatus['active']>): CronJobStatus {
  const { active: _old, ...rest } = status;
  return active.length > 0 ? { active, ...rest } : rest;
}

function removeOldest(sync: CronSync, condition: 'Complete' | 'Failed', limit: number | undefined): void {
  if (limit === undefined) return;
  const ended = sync.jobs.filter(
    (job) => job.metadata.deletionTimestamp === undefined && finishedCondition(job) === condition,
  );
  const oldest = ended
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
    .slice(0, Math.max(0, ended.length - limit));
  for (const job of oldest) deleteJob(sync, job);
}

function startOf({ metadata, status }: Job): string {
  return `${status?.startTime ?? ''} ${metadata.name}`;
}
