import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { formatLabelSelector } from '../../../apimachinery/label-selector.ts';
import { AGE, ageOf, column, NAME, wideColumn } from '../../columns.ts';
import type { CronJob } from '../cron-job.ts';

/** pkg/printers/internalversion/printers.go cronJobColumnDefinitions */
export const CRON_JOB_COLUMNS: readonly PrinterColumn<CronJob>[] = Object.freeze([
  NAME,
  column<CronJob>('Schedule', ({ spec }) => spec.schedule),
  column<CronJob>('Timezone', ({ spec }) => spec.timeZone ?? '<none>'),
  column<CronJob>('Suspend', ({ spec }) => printBool(spec.suspend)),
  column<CronJob>('Active', ({ status }) => status?.active?.length ?? 0),
  column<CronJob>('Last Schedule', ({ status }, now) =>
    status?.lastScheduleTime === undefined ? '<none>' : ageOf(status.lastScheduleTime, now),
  ),
  AGE,
  wideColumn<CronJob>('Containers', (cronJob) =>
    containersOf(cronJob)
      .map(({ name }) => name)
      .join(','),
  ),
  wideColumn<CronJob>('Images', (cronJob) =>
    containersOf(cronJob)
      .map(({ image = '' }) => image)
      .join(','),
  ),
  wideColumn<CronJob>('Selector', ({ spec }) => formatLabelSelector(spec.jobTemplate.spec.selector ?? {}) || '<none>'),
]);

function containersOf({ spec }: CronJob): CronJob['spec']['jobTemplate']['spec']['template']['spec']['containers'] {
  return spec.jobTemplate.spec.template.spec.containers;
}

/** `printBoolPtr` */
function printBool(value: boolean | undefined): string {
  if (value === undefined) return '<unset>';
  return value ? 'True' : 'False';
}
