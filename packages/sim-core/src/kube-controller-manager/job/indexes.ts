import type { Job } from '../../api/batch-v1/job.ts';
import type { Pod, PodTemplateSpec } from '../../api/core-v1/pod.ts';

/** Annotation and label that hold a pod's index (batch.JobCompletionIndexAnnotation). */
const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';

/** Whether each completion of the job has a number of its own. */
export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

/** The pod's index; undefined when it has none that the job knows. */
export function indexOf({ metadata }: Pod, job: Job): number | undefined {
  const index = Number.parseInt(metadata.annotations?.[COMPLETION_INDEX] ?? '', 10);
  return index >= 0 && index < (job.spec.completions ?? 0) ? index : undefined;
}

/** Reads `0,2-4`, as status.completedIndexes is written. */
export function parseIndexes(text: string | undefined): Set<number> {
  const indexes = new Set<number>();
  for (const part of (text ?? '').split(',').filter((each) => each !== '')) {
    const [first, last] = part.split('-').map(Number) as [number, number | undefined];
    for (let index = first; index <= (last ?? first); index++) indexes.add(index);
  }
  return indexes;
}

/** Writes indexes as `0,2-4`; two in a row stay apart by a comma (indexed_job_utils.go, orderedIntervals.String). */
export function formatIndexes(indexes: ReadonlySet<number>): string {
  const parts: string[] = [];
  const sorted = [...indexes].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (sorted[end + 1] === (sorted[end] as number) + 1) end++;
    const [first, last] = [sorted[i], sorted[end]];
    parts.push(end === i ? `${first}` : end === i + 1 ? `${first},${last}` : `${first}-${last}`);
    i = end + 1;
  }
  return parts.join(',');
}

/** The lowest `count` indexes that are neither done nor being worked on (firstPendingIndexes). */
export function pendingIndexes(job: Job, done: ReadonlySet<number>, active: readonly Pod[], count: number): number[] {
  const taken = new Set(active.map((pod) => indexOf(pod, job)));
  const pending: number[] = [];
  for (let index = 0; index < (job.spec.completions ?? 0) && pending.length < count; index++) {
    if (!done.has(index) && !taken.has(index)) pending.push(index);
  }
  return pending;
}

/** Active pods with an index that another one has or that the job has no use for (appendDuplicatedIndexPodsForRemoval). */
export function superfluous(job: Job, done: ReadonlySet<number>, active: readonly Pod[]): Pod[] {
  const seen = new Set<number>(done);
  return active.filter((pod) => {
    const index = indexOf(pod, job);
    if (index === undefined || seen.has(index)) return true;
    seen.add(index);
    return false;
  });
}

/** The template for the pod of one index: annotation, label, host name and JOB_COMPLETION_INDEX. */
export function templateForIndex({ metadata, spec }: PodTemplateSpec, job: Job, index: number): PodTemplateSpec {
  const env = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${COMPLETION_INDEX}']` } },
  };
  const withEnv = <T extends { env?: { name: string }[] }>(container: T): T =>
    container.env?.some(({ name }) => name === env.name) === true
      ? container
      : { ...container, env: [...(container.env ?? []), env] };
  const mark = { [COMPLETION_INDEX]: String(index) };
  return {
    metadata: {
      ...metadata,
      annotations: { ...metadata?.annotations, ...mark },
      labels: { ...metadata?.labels, ...mark },
    },
    spec: {
      ...spec,
      hostname: `${job.metadata.name}-${index}`,
      containers: spec.containers.map(withEnv),
      ...(spec.initContainers && { initContainers: spec.initContainers.map(withEnv) }),
    },
  };
}
