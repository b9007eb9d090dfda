import { cronJobs } from '../../api/batch-v1/cron-job.ts';
import { type Job, jobs } from '../../api/batch-v1/job.ts';
import { parseStandard } from '../../apimachinery/cron/parse-standard.ts';
import { isTimeZone } from '../../apimachinery/cron/time-zone.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { controllerOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import type { Context, Controller, Result } from '../../controller-runtime/controller.ts';
import { formatTime } from '../../sim/clock.ts';
import { isNamespaceTerminating } from '../pod-control.ts';
import { observeJobs } from './active.ts';
import type { CronSync } from './cron-sync.ts';
import { cleanUp, deleteJob, withActive } from './history.ts';
import { jobName, jobOf } from './job-of.ts';
import { rfc1123 } from './rfc1123.ts';
import { dueNow, timetable } from './schedule.ts';

/** Starts Jobs on a schedule (pkg/controller/cronjob/cronjob_controllerv2.go). */
export function cronJobController(): Controller {
  return { name: 'cronjob', component: 'cronjob-controller', for: cronJobs, owns: [jobs], reconcile };
}

function reconcile({ namespace, name }: NamespacedName, context: Context): Result | undefined {
  const cronJob = context.client.get(cronJobs, namespace, name);
  if (cronJob === undefined) return undefined;
  const owned = context.client.listControlledBy(jobs, cronJob);
  const sync: CronSync = { context, cronJob, jobs: owned, status: cronJob.status ?? {} };
  cleanUp(sync);
  observeJobs(sync);
  try {
    return run(sync);
  } finally {
    if (!deepEqual(sync.status, cronJob.status)) {
      context.client.updateStatus(cronJobs, { ...cronJob, status: sync.status });
    }
  }
}

/** Starts what is due; the second half of syncCronJob. */
function run(sync: CronSync): Result | undefined {
  const { cronJob, context } = sync;
  const { spec, metadata } = cronJob;
  if (metadata.deletionTimestamp !== undefined) return undefined;
  const tell = (reason: string, message: string): undefined => {
    context.events.event(cronJob, 'Warning', reason, message);
  };
  if (spec.timeZone !== undefined && !isTimeZone(spec.timeZone)) {
    return tell('UnknownTimeZone', `invalid timeZone: "${spec.timeZone}": unknown time zone ${spec.timeZone}`);
  }
  if (spec.suspend === true) return undefined;
  const schedule = parseStandard(spec.schedule);
  if (typeof schedule === 'string') {
    return tell('UnparseableSchedule', `unparseable schedule: "${spec.schedule}" : ${schedule}`);
  }
  const due = dueNow(timetable(cronJob, schedule), context.clock.now());
  if (due === undefined) {
    const why = 'time difference between two schedules is less than 1 second';
    return tell('InvalidSchedule', `invalid schedule: ${spec.schedule} : ${why}`);
  }
  if (due.tooManyMissed && due.moment !== undefined) {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    tell('TooManyMissedTimes', `too many missed start times. ${advice}`);
  }
  if (due.moment !== undefined && mayStart(sync, due.moment)) start(sync, due.moment);
  return { requeueAfter: due.wait };
}

/** Whether the Job of that moment is still to be started. */
function mayStart({ cronJob, context, status }: CronSync, moment: number): boolean {
  const { startingDeadlineSeconds, concurrencyPolicy } = cronJob.spec;
  if (startingDeadlineSeconds !== undefined && moment + startingDeadlineSeconds * 1000 < context.clock.now()) {
    const message = `Missed scheduled time to start a job: ${rfc1123(moment)}`;
    context.events.event(cronJob, 'Warning', 'MissSchedule', message);
    return false;
  }
  const { active = [], lastScheduleTime } = status;
  if (lastScheduleTime === formatTime(moment)) return false;
  if (active.some(({ name }) => name === jobName(cronJob, moment))) return false;
  if (concurrencyPolicy !== 'Forbid' || active.length === 0) return true;
  const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
  context.events.event(cronJob, 'Normal', 'JobAlreadyActive', message);
  return false;
}

function start(sync: CronSync, moment: number): void {
  const { cronJob } = sync;
  if (cronJob.spec.concurrencyPolicy === 'Replace') replaceActive(sync);
  const job = create(sync, moment);
  if (job === undefined || controllerOf(job)?.uid !== cronJob.metadata.uid) return;
  const { uid, name, namespace, resourceVersion } = job.metadata;
  const reference = { kind: 'Job', namespace, name, uid, apiVersion: 'batch/v1', resourceVersion };
  const active = [...(sync.status.active ?? []), reference];
  sync.status = { ...withActive(sync.status, active), lastScheduleTime: formatTime(moment) };
}

function replaceActive(sync: CronSync): void {
  for (const { namespace = '', name = '' } of sync.status.active ?? []) {
    const job = sync.context.client.get(jobs, namespace, name);
    if (job !== undefined) deleteJob(sync, job);
  }
}

/** The Job of a moment, which may be there already. @throws StatusError after the event FailedCreate */
function create({ cronJob, context }: CronSync, moment: number): Job | undefined {
  const { client, events } = context;
  const wanted = jobOf(cronJob, moment);
  try {
    const job = client.create(jobs, wanted);
    events.event(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
    return job;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (isNamespaceTerminating(error)) return undefined;
    if (error.status.reason === 'AlreadyExists') {
      return client.get(jobs, wanted.metadata.namespace ?? '', wanted.metadata.name);
    }
    events.event(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
    throw error;
  }
}
