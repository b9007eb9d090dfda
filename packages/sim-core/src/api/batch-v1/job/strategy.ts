import type { Job } from '../job.ts';

/** Labels by which a Job finds its pods; the first two names are kept for old clients (pkg/apis/batch/types.go). */
const CONTROLLER_UID_LABEL = 'batch.kubernetes.io/controller-uid';
const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';

/** pkg/registry/batch/job/strategy.go PrepareForCreate: a Job selects its pods by its own uid, unless told otherwise. */
export function prepareJobForCreate(job: Job): void {
  job.status = {};
  if (job.spec.manualSelector === true) return;
  const { name, uid = '' } = job.metadata;
  const { template } = job.spec;
  // What the user says of these labels stays, for validation to refuse.
  const labels = { ...generatedLabels(name, uid), ...template.metadata?.labels };
  job.spec.template = { ...template, metadata: { ...template.metadata, labels } };
  job.spec.selector = {
    ...job.spec.selector,
    matchLabels: { [CONTROLLER_UID_LABEL]: uid, ...job.spec.selector?.matchLabels },
  };
}

/** The labels by which a Job finds its pods, old names first. */
export function generatedLabels(name: string, uid: string): Record<string, string> {
  return { 'controller-uid': uid, 'job-name': name, [CONTROLLER_UID_LABEL]: uid, [JOB_NAME_LABEL]: name };
}
