import { type Job, jobs } from '../../api/batch-v1/job.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type Condition, findCondition } from '../../apimachinery/condition.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, type Result, watching } from '../../controller-runtime/controller.ts';
import { formatTime } from '../../sim/clock.ts';
import { claim } from '../controller-ref-manager.ts';
import { OrphanPods } from '../orphan-pods.ts';
import { deletePod } from '../pod-control.ts';
import { isPodActive, isPodReady } from '../pod-util.ts';
import { decidedEnd, success, untilDeadline } from './finish.ts';
import { isTerminating, jobSelector, TRACKING_FINALIZER, untrackOrphans } from './job-pods.ts';
import { isJobFinished, type JobSync, jobCondition, observe, type TrackedStatus } from './job-sync.ts';
import { type Managed, manageJob } from './manage.ts';
import { track } from './track.ts';

/**
 * Runs pods until enough of them have succeeded or too many failed (pkg/controller/job/job_controller.go). Not modelled:
 * podFailurePolicy, successPolicy, backoffLimitPerIndex.
 */
export function jobController(): Controller {
  const orphans = new OrphanPods();
  return {
    name: 'job',
    component: 'job-controller',
    for: jobs,
    owns: [pods],
    watches: [watching(pods, jobsForOrphan, { onlyAfter: true })],
    reconcile: (key, context) => reconcile(key, context, orphans),
  };
}

function reconcile({ namespace, name }: NamespacedName, context: Context, orphans: OrphanPods): Result | undefined {
  const job = context.client.get(jobs, namespace, name);
  if (job?.status?.startTime === undefined) untrackOrphans(namespace, name, job?.metadata.uid, context.client);
  if (job === undefined || isJobFinished(job)) return undefined;
  const sync = observe(started(job, context), claimPods(job, context, orphans), context);
  const end = decidedEnd(sync);
  const managed = end === undefined ? manage(sync) : deleteActive(sync);
  track(sync, newStatus(sync), end ?? success(sync, activeNow(sync).length));
  if (managed.error !== undefined) throw managed.error;
  const wait = Math.min(
    managed.retryIn ?? Number.POSITIVE_INFINITY,
    end === undefined ? untilDeadline(sync) : Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(wait) ? { requeueAfter: wait } : undefined;
}

/** startTime is set at the first look at a job that is not suspended, and again when it is resumed. */
function started(job: Job, { clock }: Context): Job {
  const suspended = findCondition(job.status?.conditions, 'Suspended')?.status === 'True';
  if (job.spec.suspend === true || (job.status?.startTime !== undefined && !suspended)) return job;
  return { ...job, status: { ...job.status, startTime: formatTime(clock.now()) } };
}

function claimPods(job: Job, { client }: Context, orphans: OrphanPods): Pod[] {
  const selector = jobSelector(job);
  return claim(
    job,
    {
      kind: pods,
      owned: client.listControlledBy(pods, job),
      orphans: orphans.in(job.metadata.namespace ?? '', client),
      matches: ({ metadata }: Pod) => matchesSelector(selector, metadata.labels),
      finalizer: TRACKING_FINALIZER,
    },
    client,
  );
}

function manage(sync: JobSync): Managed {
  return sync.job.metadata.deletionTimestamp === undefined ? manageJob(sync) : {};
}

/** The job is over: what still runs goes, and counts as failed if the job failed (deleteActivePods). */
function deleteActive({ job, active, context }: JobSync): Managed {
  for (const pod of active) deletePod(pod, job, context);
  return {};
}

function activeNow({ job, context }: JobSync): Pod[] {
  return context.client.listControlledBy(pods, job).filter(isPodActive);
}

function newStatus(sync: JobSync): TrackedStatus {
  const { job, context } = sync;
  const active = activeNow(sync);
  const terminating = context.client.listControlledBy(pods, job).filter(isTerminating).length;
  const { active: _old, ...kept } = job.status ?? {};
  const conditions = withSuspended(sync);
  return {
    ...kept,
    ...(active.length > 0 && { active: active.length }),
    ready: active.filter(isPodReady).length,
    terminating,
    ...(conditions.length > 0 && { conditions }),
  };
}

/** Suspended appears with the first suspension and says False after a resume; both are told in an event. */
function withSuspended({ job, context, now }: JobSync): Condition[] {
  const conditions = job.status?.conditions ?? [];
  const old = findCondition(conditions, 'Suspended')?.status;
  const wanted = job.spec.suspend === true ? 'True' : 'False';
  if (old === wanted || (old === undefined && wanted === 'False')) return [...conditions];
  const [reason, message, event] =
    wanted === 'True' ? ['JobSuspended', 'Job suspended', 'Suspended'] : ['JobResumed', 'Job resumed', 'Resumed'];
  context.events.event(job, 'Normal', event as string, message as string);
  return [
    ...conditions.filter(({ type }) => type !== 'Suspended'),
    jobCondition('Suspended', wanted, reason as string, message as string, now),
  ];
}

/** A pod without a controller may be adopted by any job that selects it. */
function jobsForOrphan(pod: Pod, { client }: Context): NamespacedName[] {
  if (controllerOf(pod) !== undefined) return [];
  const { namespace = '', labels } = pod.metadata;
  const selecting = client.list(jobs, namespace).filter((job) => matchesSelector(jobSelector(job), labels));
  return selecting.map(({ metadata }) => ({ namespace, name: metadata.name }));
}
