import { type Job, jobs } from '../../api/batch-v1/job.ts';
import type { CronSync } from './cron-sync.ts';
import { finishedCondition, forget } from './history.ts';

/** Brings the list of active Jobs up to what they are (the first half of syncCronJob). */
export function observeJobs(sync: CronSync): void {
  for (const job of sync.jobs) observe(sync, job);
  const known = new Set(sync.jobs.map(({ metadata }) => metadata.uid));
  for (const { uid, name = '', namespace = '' } of sync.status.active ?? []) {
    if (known.has(uid) || sync.context.client.get(jobs, namespace, name)?.metadata.uid === uid) continue;
    sync.context.events.event(sync.cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    forget(sync, uid);
  }
}

function observe(sync: CronSync, job: Job): void {
  const { events } = sync.context;
  const { name, uid } = job.metadata;
  const ended = finishedCondition(job);
  const isActive = (sync.status.active ?? []).some((reference) => reference.uid === uid);
  if (ended === undefined && !isActive) {
    const message = `Saw a job that the controller did not create or forgot: ${name}`;
    events.event(sync.cronJob, 'Warning', 'UnexpectedJob', message);
  }
  if (ended !== undefined && isActive) {
    forget(sync, uid);
    const message = `Saw completed job: ${name}, condition: ${ended}`;
    events.event(sync.cronJob, 'Normal', 'SawCompletedJob', message);
  }
  if (ended === 'Complete') rememberSuccess(sync, job);
}

function rememberSuccess(sync: CronSync, { status }: Job): void {
  const { completionTime } = status ?? {};
  // Times of the API are RFC 3339 in UTC: they compare as text.
  if (completionTime === undefined || completionTime <= (sync.status.lastSuccessfulTime ?? '')) return;
  sync.status = { ...sync.status, lastSuccessfulTime: completionTime };
}
