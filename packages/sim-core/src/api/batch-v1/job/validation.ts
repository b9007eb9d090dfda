import { type FieldError, invalid, required } from '../../../apimachinery/field-error.ts';
import { goStringMap } from '../../../apimachinery/go-syntax.ts';
import { matchesSelector, validateLabelSelector } from '../../../apimachinery/label-selector.ts';
import { isDNS1123Label } from '../../../apimachinery/validation/names.ts';
import { checkEnum, checkImmutable, checkNonNegative } from '../../checks.ts';
import { validatePodTemplate } from '../../core-v1/pod/validation/pod-spec.ts';
import { goLabelSelector } from '../../go-label-selector.ts';
import type { Job, JobSpec } from '../job.ts';
import { CONTROLLER_UID_LABEL } from './strategy.ts';

/** pkg/apis/batch/validation/validation.go ValidateJob */
export function validateJob({ metadata, spec }: Job): FieldError[] {
  const generated = spec.selector?.matchLabels?.[CONTROLLER_UID_LABEL] === metadata.uid;
  const notGenerated = spec.manualSelector !== true && !generated;
  return [
    ...(notGenerated
      ? [invalid('spec.selector', goLabelSelector(spec.selector), '`selector` not auto-generated')]
      : []),
    ...validateJobSpec(spec, 'spec'),
    ...validateSelector(spec),
    ...validatePodNames(spec, metadata.name),
  ];
}

/** `validateJobSpec`: what Jobs and the templates of CronJobs have in common; @param path where the spec stands */
export function validateJobSpec(spec: JobSpec, path: string): FieldError[] {
  return [
    ...validateNumbers(spec, path),
    ...validateCompletionMode(spec, path),
    ...validatePodTemplate(spec.template, `${path}.template`),
    ...validateRestartPolicy(spec, path),
  ];
}

/** `ValidateJobSpecUpdate` */
export function validateJobUpdate({ spec }: Job, { spec: old }: Job): FieldError[] {
  return [
    ...(spec.completionMode === 'Indexed' ? [] : checkImmutable('spec.completions', spec.completions, old.completions)),
    ...(matchingSelectors(spec, old)
      ? []
      : [invalid('spec.selector', goLabelSelector(spec.selector), 'field is immutable')]),
    ...checkImmutable('spec.template', spec.template, old.template),
    ...checkImmutable('spec.completionMode', spec.completionMode, old.completionMode),
    ...checkImmutable('spec.backoffLimitPerIndex', spec.backoffLimitPerIndex, old.backoffLimitPerIndex),
  ];
}

function matchingSelectors({ selector }: JobSpec, { selector: old }: JobSpec): boolean {
  return goLabelSelector(selector).text === goLabelSelector(old).text;
}

function validateNumbers(spec: JobSpec, path: string): FieldError[] {
  const fields = [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
  ] as const;
  return fields.flatMap((field) => checkNonNegative(`${path}.${field}`, spec[field]));
}

function validateCompletionMode({ completionMode, completions }: JobSpec, path: string): FieldError[] {
  const errors = checkEnum(`${path}.completionMode`, completionMode, ['NonIndexed', 'Indexed']);
  if (completionMode !== 'Indexed' || completions !== undefined) return errors;
  return [...errors, required(`${path}.completions`, 'when completion mode is Indexed')];
}

/** Pods of an Indexed job are named after their index, which must still make a host name. */
function validatePodNames({ completionMode, completions }: JobSpec, name: string): FieldError[] {
  if (completionMode !== 'Indexed' || completions === undefined) return [];
  return isDNS1123Label(`${name}-${completions - 1}`).map((message) =>
    invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${message}`),
  );
}

function validateRestartPolicy({ template }: JobSpec, path: string): FieldError[] {
  const { restartPolicy } = template.spec;
  if (restartPolicy === 'OnFailure' || restartPolicy === 'Never') return [];
  return [required(`${path}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"')];
}

function validateSelector({ selector, template }: JobSpec): FieldError[] {
  if (selector === undefined) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  const labels = template.metadata?.labels;
  if (matchesSelector(selector, labels)) return errors;
  const mismatch = '`selector` does not match template `labels`';
  return [...errors, invalid('spec.template.metadata.labels', goStringMap(labels), mismatch)];
}
