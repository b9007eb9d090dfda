import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { warnOfWorkload } from '../core-v1/pod/warnings.ts';
import type { PodTemplateSpec } from '../core-v1/pod.ts';
import { JOB_COLUMNS } from './job/columns.ts';
import { setJobDefaults } from './job/defaults.ts';
import { prepareJobForCreate } from './job/strategy.ts';
import { validateJob, validateJobUpdate } from './job/validation.ts';

/** batch/v1 Job. */
export interface Job {
  apiVersion: 'batch/v1';
  kind: 'Job';
  metadata: ObjectMeta;
  spec: JobSpec;
  status?: JobStatus;
}

export interface JobSpec {
  template: PodTemplateSpec;
  parallelism?: number;
  completions?: number;
  completionMode?: 'NonIndexed' | 'Indexed';
  backoffLimit?: number;
  activeDeadlineSeconds?: number;
  ttlSecondsAfterFinished?: number;
  suspend?: boolean;
  manualSelector?: boolean;
  selector?: LabelSelector;
  podReplacementPolicy?: string;
  podFailurePolicy?: { rules?: PodFailurePolicyRule[] };
  successPolicy?: { rules?: { succeededCount?: number; succeededIndexes?: string }[] };
  backoffLimitPerIndex?: number;
  maxFailedIndexes?: number;
  managedBy?: string;
}

export interface PodFailurePolicyRule {
  action: string;
  onExitCodes?: { containerName?: string; operator: string; values?: number[] };
  onPodConditions?: { type: string; status?: string }[];
}

export interface JobStatus {
  active?: number;
  ready?: number;
  succeeded?: number;
  failed?: number;
  terminating?: number;
  startTime?: string;
  completionTime?: string;
  conditions?: Condition[];
  uncountedTerminatedPods?: Record<string, unknown>;
}

export const jobs = defineKind<Job>({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  resource: 'jobs',
  singular: 'job',
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  selectableFields: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  generationOf: (job) => job.spec,
  setDefaults: setJobDefaults,
  prepareForCreate: prepareJobForCreate,
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  warnings: (object, old) => warnOfWorkload(object, old, object.spec.template, 'spec.template'),
  columns: JOB_COLUMNS,
});
