import { parseStandard } from '../../../apimachinery/cron/parse-standard.ts';
import { isTimeZone } from '../../../apimachinery/cron/time-zone.ts';
import { type FieldError, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/validation/messages.ts';
import { checkEnum, checkNonNegative } from '../../checks.ts';
import { goLabelSelector } from '../../go-label-selector.ts';
import type { CronJob, CronJobSpec } from '../cron-job.ts';
import { validateJobSpec } from '../job/validation.ts';

/** A Job's name has 63 characters at most, and 11 of them are `-` and the time. */
const LONGEST_NAME = 52;
const TZ_AND_FIELD = 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
const TZ = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';

/** pkg/apis/batch/validation/validation.go ValidateCronJobCreate */
export function validateNewCronJob({ metadata, spec }: CronJob): FieldError[] {
  const tooLong = byteLength(metadata.name) > LONGEST_NAME;
  return [
    ...validateCronJobSpec(spec, undefined),
    ...(tooLong ? [invalid('metadata.name', metadata.name, `must be no more than ${LONGEST_NAME} characters`)] : []),
  ];
}

/** `ValidateCronJobUpdate`: what was accepted once may stay. */
export function validateCronJobUpdate({ spec }: CronJob, { spec: old }: CronJob): FieldError[] {
  return validateCronJobSpec(spec, old);
}

function validateCronJobSpec(spec: CronJobSpec, old: CronJobSpec | undefined): FieldError[] {
  const zones = old?.schedule.includes('TZ') ?? false;
  return [
    ...(spec.schedule ? validateSchedule(spec.schedule) : [required('spec.schedule')]),
    ...validateZoneInSchedule(spec, zones),
    ...checkNonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(old !== undefined && spec.timeZone === old.timeZone ? [] : validateTimeZone(spec.timeZone)),
    ...checkEnum('spec.concurrencyPolicy', spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace']),
    ...validateJobTemplate(spec.jobTemplate, 'spec.jobTemplate'),
    ...checkNonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...checkNonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

/** `validateScheduleFormat` */
function validateSchedule(schedule: string): FieldError[] {
  const parsed = parseStandard(schedule);
  return typeof parsed === 'string' ? [invalid('spec.schedule', schedule, parsed)] : [];
}

function validateZoneInSchedule({ schedule = '', timeZone }: CronJobSpec, allowed: boolean): FieldError[] {
  if (!schedule.includes('TZ')) return [];
  if (!allowed) return [invalid('spec.schedule', schedule, TZ)];
  return timeZone === undefined ? [] : [invalid('spec.schedule', schedule, TZ_AND_FIELD)];
}

function validateTimeZone(timeZone: string | undefined): FieldError[] {
  const field = 'spec.timeZone';
  if (timeZone === undefined) return [];
  if (timeZone === '') return [invalid(field, timeZone, 'timeZone must be nil or non-empty string')];
  const explicit = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  return [
    ...(timeZone.toLowerCase() === 'local' ? [invalid(field, timeZone, explicit)] : []),
    ...(isTimeZone(timeZone) || timeZone === 'Local'
      ? []
      : [invalid(field, timeZone, `unknown time zone ${timeZone}`)]),
  ];
}

/** `ValidateJobTemplateSpec` */
function validateJobTemplate({ spec }: CronJobSpec['jobTemplate'], path: string): FieldError[] {
  const { selector, manualSelector } = spec;
  const generated = '`selector` will be auto-generated';
  return [
    ...validateJobSpec(spec, `${path}.spec`),
    ...(selector === undefined ? [] : [invalid(`${path}.spec.selector`, goLabelSelector(selector), generated)]),
    ...(manualSelector === true ? [notSupported(`${path}.spec.manualSelector`, true, ['nil', 'false'])] : []),
  ];
}
