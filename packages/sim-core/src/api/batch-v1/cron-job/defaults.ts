import { setPodTemplateDefaults } from '../../core-v1/pod/defaults.ts';
import type { CronJob } from '../cron-job.ts';

/** pkg/apis/batch/v1/defaults.go SetDefaults_CronJob; its Jobs get their own defaults when they are created. */
export function setCronJobDefaults({ spec }: CronJob): void {
  spec.jobTemplate ??= {} as CronJob['spec']['jobTemplate'];
  if (!Object.isFrozen(spec.jobTemplate)) completeTemplate(spec);
  spec.concurrencyPolicy ||= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
}

/** The times are there because v1.33 prints them; they are never set. */
function completeTemplate({ jobTemplate }: CronJob['spec']): void {
  const { metadata } = jobTemplate;
  jobTemplate.metadata = { creationTimestamp: null, ...metadata } as NonNullable<typeof metadata>;
  jobTemplate.spec ??= {} as CronJob['spec']['jobTemplate']['spec'];
  jobTemplate.spec.template ??= { spec: { containers: [] } };
  setPodTemplateDefaults(jobTemplate.spec.template);
}
