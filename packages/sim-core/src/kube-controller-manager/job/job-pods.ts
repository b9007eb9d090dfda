import type { Job } from '../../api/batch-v1/job.ts';
import { type Pod, type PodTemplateSpec, pods } from '../../api/core-v1/pod.ts';
import { controllerOf } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';

/** Holds a job's pod until the job has counted it (batch.JobTrackingFinalizer). */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';

/** Whether the job has still to count the pod. */
export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(TRACKING_FINALIZER) === true;
}

/**
 * Whether the pod counts as a failure: failed, or deleted before it succeeded (isPodFailed). With podReplacementPolicy
 * Failed a deleted one counts only when it has come to its end.
 */
export function isPodFailed(job: Job, pod: Pod): boolean {
  if (pod.status?.phase === 'Failed') return true;
  if (pod.metadata.deletionTimestamp === undefined || pod.status?.phase === 'Succeeded') return false;
  return !replacesOnlyFailed(job) || isHeld(pod);
}

/** Whether a new pod waits until the old one has ended. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return spec.podReplacementPolicy === 'Failed';
}

/** Whether the pod is on its way out and still running (CountTerminatingPods). */
export function isTerminating(pod: Pod): boolean {
  const { phase } = pod.status ?? {};
  return pod.metadata.deletionTimestamp !== undefined && phase !== 'Succeeded' && phase !== 'Failed' && !isHeld(pod);
}

/** A deleted pod that nothing but its tracking finalizer holds is as good as gone. */
function isHeld(pod: Pod): boolean {
  return isTracked(pod) && pod.metadata.deletionGracePeriodSeconds === 0;
}

/** The labels by which a job finds its pods, the old names beside the new ones (batch.ControllerUidLabel, JobNameLabel). */
function jobLabels({ metadata }: Job): Record<string, string> {
  const uid = metadata.uid ?? '';
  return {
    [CONTROLLER_UID]: uid,
    'controller-uid': uid,
    'batch.kubernetes.io/job-name': metadata.name,
    'job-name': metadata.name,
  };
}

/** The selector of a job: its own labels unless its author chose one. */
export function jobSelector(job: Job): NonNullable<Job['spec']['selector']> {
  return job.spec.selector ?? { matchLabels: { [CONTROLLER_UID]: job.metadata.uid ?? '' } };
}

/** The job's template with its labels and the tracking finalizer. */
export function jobPodTemplate(job: Job): PodTemplateSpec {
  const { metadata, spec } = job.spec.template;
  const labels = job.spec.manualSelector === true ? metadata?.labels : { ...metadata?.labels, ...jobLabels(job) };
  return {
    metadata: {
      ...metadata,
      ...(labels && { labels }),
      finalizers: [...(metadata?.finalizers ?? []), TRACKING_FINALIZER],
    },
    spec,
  };
}

/** Lets the pod go. Its newest state is read first. */
export function untrack(pod: Pod, client: Client): void {
  const { namespace = '', name } = pod.metadata;
  const newest = client.get(pods, namespace, name);
  if (newest === undefined || newest.metadata.uid !== pod.metadata.uid || !isTracked(newest)) return;
  const finalizers = (newest.metadata.finalizers ?? []).filter((finalizer) => finalizer !== TRACKING_FINALIZER);
  client.update(pods, { ...newest, metadata: { ...newest.metadata, finalizers } });
}

/** Lets go of pods whose job of that name has gone; `uid` is the job that is there now (syncOrphanPod). */
export function untrackOrphans(namespace: string, jobName: string, uid: string | undefined, client: Client): void {
  for (const pod of client.list(pods, namespace)) {
    const owner = controllerOf(pod);
    if (owner?.kind === 'Job' && owner.name === jobName && owner.uid !== uid) untrack(pod, client);
  }
}
