import type { CronJob } from '../../api/batch-v1/cron-job.ts';
import type { Job } from '../../api/batch-v1/job.ts';
import { offsetAt, zoneOf } from '../../apimachinery/cron/time-zone.ts';
import { newControllerRef } from '../../apimachinery/object-meta.ts';
import { formatTime } from '../../sim/clock.ts';

const MINUTE = 60_000;
/** When the Job was to start, in the CronJob's zone (batch.CronJobScheduledTimestampAnnotation). */
const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The name of the Job of a moment: minutes since 1970 tell them apart (getJobName). */
export function jobName({ metadata }: CronJob, moment: number): string {
  return `${metadata.name}-${Math.floor(moment / MINUTE)}`;
}

/** The Job that a CronJob starts at a moment (getJobFromTemplate2). */
export function jobOf(cronJob: CronJob, moment: number): Job {
  const { metadata = {}, spec } = cronJob.spec.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cronJob, moment),
      namespace: cronJob.metadata.namespace ?? '',
      ...(metadata.labels && { labels: metadata.labels }),
      annotations: { ...metadata.annotations, [SCHEDULED_AT]: localTime(moment, cronJob.spec.timeZone) },
      ownerReferences: [newControllerRef(cronJob)],
    },
    spec,
  };
}

/** RFC 3339 with the zone's offset: `2026-07-01T09:00:00+02:00`. */
function localTime(moment: number, timeZone: string | undefined): string {
  const offset = offsetAt(zoneOf(timeZone), moment);
  const wall = formatTime(moment + offset);
  if (offset === 0) return wall;
  const minutes = Math.abs(offset) / MINUTE;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${wall.slice(0, -1)}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
