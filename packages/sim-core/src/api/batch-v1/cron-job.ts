import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import type { ObjectReference } from '../core-v1/event.ts';
import { warnOfWorkload } from '../core-v1/pod/warnings.ts';
import { CRON_JOB_COLUMNS } from './cron-job/columns.ts';
import { setCronJobDefaults } from './cron-job/defaults.ts';
import { validateCronJobUpdate, validateNewCronJob } from './cron-job/validation.ts';
import type { JobSpec } from './job.ts';

/** batch/v1 CronJob. */
export interface CronJob {
  apiVersion: 'batch/v1';
  kind: 'CronJob';
  metadata: ObjectMeta;
  spec: CronJobSpec;
  status?: CronJobStatus;
}

export interface CronJobSpec {
  schedule: string;
  timeZone?: string;
  startingDeadlineSeconds?: number;
  concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
  suspend?: boolean;
  jobTemplate: { metadata?: Partial<ObjectMeta>; spec: JobSpec };
  successfulJobsHistoryLimit?: number;
  failedJobsHistoryLimit?: number;
}

export interface CronJobStatus {
  active?: ObjectReference[];
  lastScheduleTime?: string;
  lastSuccessfulTime?: string;
}

export const cronJobs = defineKind<CronJob>({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  resource: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  generationOf: ({ spec }) => spec,
  setDefaults: setCronJobDefaults,
  prepareForCreate(cronJob) {
    cronJob.status = {};
  },
  validateCreate: validateNewCronJob,
  validateUpdate: validateCronJobUpdate,
  warnings: (cronJob, old) =>
    warnOfWorkload(cronJob, old, cronJob.spec.jobTemplate.spec.template, 'spec.jobTemplate.spec.template'),
  columns: CRON_JOB_COLUMNS,
});
