import type { CronJob, CronJobStatus } from '../../api/batch-v1/cron-job.ts';
import type { Job } from '../../api/batch-v1/job.ts';
import type { Context } from '../../controller-runtime/controller.ts';

/** A CronJob and its Jobs during one reconcile. */
export interface CronSync {
  readonly context: Context;
  readonly cronJob: CronJob;
  readonly jobs: readonly Job[];
  /** What the status will be; written once at the end. */
  status: CronJobStatus;
}
