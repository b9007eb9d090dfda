import { setPodTemplateDefaults } from '../../core-v1/pod/defaults.ts';
import type { Job } from '../job.ts';

const BACKOFF_LIMIT = 6;
const UNLIMITED = 2 ** 31 - 1;

/** pkg/apis/batch/v1/defaults.go SetDefaults_Job */
export function setJobDefaults({ spec, metadata }: Job): void {
  spec.template ??= { spec: { containers: [] } };
  setPodTemplateDefaults(spec.template);
  if (spec.parallelism === undefined) spec.completions ??= 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? BACKOFF_LIMIT : UNLIMITED;
  const { labels } = spec.template.metadata ?? {};
  if (labels !== undefined && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  spec.completionMode ||= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ||= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
  spec.manualSelector ??= false;
}
