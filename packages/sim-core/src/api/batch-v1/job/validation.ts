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
    ...validateNumbers(spec),
    ...validateCompletionMode(spec, metadata.name),
    ...validatePodTemplate(spec.template, 'spec.template'),
    ...validateRestartPolicy(spec),
    ...validateSelector(spec),
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

function validateNumbers(spec: JobSpec): FieldError[] {
  const fields = [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
  ] as const;
  return fields.flatMap((field) => checkNonNegative(`spec.${field}`, spec[field]));
}

function validateCompletionMode({ completionMode, completions }: JobSpec, name: string): FieldError[] {
  const errors = checkEnum('spec.completionMode', completionMode, ['NonIndexed', 'Indexed']);
  if (completionMode !== 'Indexed') return errors;
  if (completions === undefined) {
    return [...errors, required('spec.completions', 'when completion mode is Indexed')];
  }
  // Pods are named after their index, which must still make a host name.
  const messages = isDNS1123Label(`${name}-${completions - 1}`);
  return [
    ...errors,
    ...messages.map((message) =>
      invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${message}`),
    ),
  ];
}

function validateRestartPolicy({ template }: JobSpec): FieldError[] {
  const { restartPolicy } = template.spec;
  if (restartPolicy === 'OnFailure' || restartPolicy === 'Never') return [];
  return [required('spec.template.spec.restartPolicy', 'valid values: "OnFailure", "Never"')];
}

function validateSelector({ selector, template }: JobSpec): FieldError[] {
  if (selector === undefined) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  const labels = template.metadata?.labels;
  if (matchesSelector(selector, labels)) return errors;
  const mismatch = '`selector` does not match template `labels`';
  return [...errors, invalid('spec.template.metadata.labels', goStringMap(labels), mismatch)];
}
