import { isConditionTrue } from '../../../apimachinery/condition.ts';
import { humanDuration } from '../../../apimachinery/human-duration.ts';
import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { formatLabelSelector } from '../../../apimachinery/label-selector.ts';
import { parseTimestamp } from '../../../apimachinery/timestamp.ts';
import { AGE, column, containerColumns, NAME, wideColumn } from '../../columns.ts';
import type { Job } from '../job.ts';

const CONDITIONS = ['Complete', 'Failed', 'Terminating', 'Suspended', 'FailureTarget', 'SuccessCriteriaMet'] as const;

/** pkg/printers/internalversion/printers.go jobColumnDefinitions */
export const JOB_COLUMNS: readonly PrinterColumn<Job>[] = Object.freeze([
  NAME,
  column<Job>('Status', jobStatus),
  column<Job>('Completions', completions),
  column<Job>('Duration', duration),
  AGE,
  ...containerColumns<Job>(),
  wideColumn<Job>('Selector', ({ spec }) => (spec.selector && formatLabelSelector(spec.selector)) || '<none>'),
]);

function jobStatus({ metadata, status }: Job): string {
  const holds = (word: string): boolean =>
    word === 'Terminating' ? metadata.deletionTimestamp !== undefined : isConditionTrue(status?.conditions, word);
  return CONDITIONS.find(holds) ?? 'Running';
}

function completions({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const { parallelism = 0 } = spec;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function duration({ status }: Job, now: number): string {
  if (status?.startTime === undefined) return '';
  const end = status.completionTime === undefined ? now : parseTimestamp(status.completionTime);
  return humanDuration(end - parseTimestamp(status.startTime));
}
