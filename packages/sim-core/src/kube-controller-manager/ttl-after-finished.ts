import { type Job, jobs } from '../api/batch-v1/job.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Context, Controller, Result } from '../controller-runtime/controller.ts';
import { parseTime } from '../sim/clock.ts';

/** Deletes a job ttlSecondsAfterFinished after its end, its pods first (pkg/controller/ttlafterfinished). */
export function ttlAfterFinishedController(): Controller {
  return { name: 'ttl-after-finished', component: 'ttl-after-finished-controller', for: jobs, reconcile };
}

function reconcile({ namespace, name }: NamespacedName, { client, clock }: Context): Result | undefined {
  const job = client.get(jobs, namespace, name);
  const ttl = job?.spec.ttlSecondsAfterFinished;
  if (job === undefined || ttl === undefined || job.metadata.deletionTimestamp !== undefined) return undefined;
  const finished = finishedAt(job);
  if (finished === undefined) return undefined;
  const wait = finished + ttl * 1000 - clock.now();
  if (wait > 0) return { requeueAfter: wait };
  client.delete(jobs, namespace, name, {
    propagationPolicy: 'Foreground',
    preconditions: { uid: job.metadata.uid ?? '' },
  });
  return undefined;
}

function finishedAt({ status }: Job): number | undefined {
  const end = status?.conditions?.find(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );
  return end === undefined ? undefined : parseTime(end.lastTransitionTime);
}
