import type { Pod } from '../../api/core-v1/pod.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import { createPod, deletePod, isNamespaceTerminating } from '../pod-control.ts';
import { podsToDelete } from '../pod-deletion-order.ts';
import { remainingBackoff } from './backoff.ts';
import { isIndexed, pendingIndexes, superfluous, templateForIndex } from './indexes.ts';
import { isTerminating, jobPodTemplate, replacesOnlyFailed, untrack } from './job-pods.ts';
import { completionsOf, type JobSync } from './job-sync.ts';

/** What came of it: when to look again, and what went wrong. */
export interface Managed {
  readonly retryIn?: number;
  readonly error?: StatusError;
}

/** Brings the number of running pods to what the job wants now (manageJob): either deletes or creates. */
export function manageJob(sync: JobSync): Managed {
  const { job, active } = sync;
  if (job.spec.suspend === true) return removePods(sync, active);
  const wanted = wantedActive(sync);
  const tooMany = victims(sync, Math.max(0, active.length - wanted));
  if (tooMany.length > 0) return removePods(sync, tooMany);
  const leaving = replacesOnlyFailed(job) ? sync.pods.filter(isTerminating).length : 0;
  const missing = wanted - active.length - leaving;
  if (missing <= 0) return {};
  const wait = remainingBackoff(job, sync.pods, sync.now);
  return wait > 0 ? { retryIn: wait } : createPods(sync, missing);
}

function wantedActive({ job, active, succeeded }: JobSync): number {
  const parallelism = job.spec.parallelism ?? 1;
  const completions = completionsOf(job);
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function victims({ job, active, done, now }: JobSync, atLeast: number): Pod[] {
  const first = isIndexed(job) ? superfluous(job, done, active) : [];
  if (first.length >= atLeast) return first;
  const rest = active.filter((pod) => !first.includes(pod));
  return [...first, ...podsToDelete(rest, atLeast - first.length, new Map(), now)];
}

/** Pods that are not needed any more are no failures: they are let go before they are deleted (deleteJobPods). */
function removePods({ job, context }: JobSync, pods: readonly Pod[]): Managed {
  return attempt(() => {
    for (const pod of pods) {
      untrack(pod, context.client);
      deletePod(pod, job, context);
    }
  });
}

function createPods({ job, active, done, context }: JobSync, count: number): Managed {
  const template = jobPodTemplate(job);
  return attempt(() => {
    if (!isIndexed(job)) for (let i = 0; i < count; i++) createPod(template, job, context);
    else {
      for (const index of pendingIndexes(job, done, active, count)) {
        createPod(templateForIndex(template, job, index), job, context, `${job.metadata.name}-${index}-`);
      }
    }
  });
}

function attempt(write: () => void): Managed {
  try {
    write();
    return {};
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return isNamespaceTerminating(error) ? {} : { error };
  }
}
