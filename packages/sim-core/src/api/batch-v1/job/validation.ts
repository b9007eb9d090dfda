import { type FieldError, invalid, notSupported, required, tooLong } from '../../../apimachinery/field-error.ts';
import { goStringMap } from '../../../apimachinery/go-syntax.ts';
import { type Labels, matchesSelector, validateLabelSelector } from '../../../apimachinery/label-selector.ts';
import { byteLength } from '../../../apimachinery/validation/messages.ts';
import { isDNS1123Label } from '../../../apimachinery/validation/names.ts';
import { isDomainPrefixedPath } from '../../../apimachinery/validation/values.ts';
import { checkImmutable, checkNonNegative } from '../../checks.ts';
import { validatePodTemplate } from '../../core-v1/pod/validation/pod-spec.ts';
import { goLabelSelector } from '../../go-label-selector.ts';
import type { Job, JobSpec } from '../job.ts';
import { validatePodFailurePolicy, validateSuccessPolicy } from './policies-validation.ts';
import { generatedLabels } from './strategy.ts';

/** Indexes that one Job may have run at a time, or lose. */
const MANY = 100_000;

const MODES: readonly string[] = Object.freeze(['NonIndexed', 'Indexed']);
const REPLACEMENTS: readonly string[] = Object.freeze(['Failed', 'TerminatingOrFailed']);

/** pkg/apis/batch/validation/validation.go ValidateJob */
export function validateJob(job: Job): FieldError[] {
  const { metadata, spec } = job;
  return [
    ...validateGeneratedSelector(job),
    ...validateJobSpec(spec, 'spec'),
    ...validateSelector(spec),
    ...validatePodNames(spec, metadata.name),
  ];
}

/** `validateGeneratedSelector`: what the server chose may not be chosen by anybody else. */
function validateGeneratedSelector({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector === true || spec.selector === undefined) return [];
  const expected = generatedLabels(metadata.name, metadata.uid ?? '');
  const labels = spec.template.metadata?.labels;
  const matches = matchesSelector(spec.selector, expected);
  return [
    ...Object.entries(expected).flatMap(([key, value]) => checkHasLabel(labels, key, value)),
    ...(matches ? [] : [invalid('spec.selector', goLabelSelector(spec.selector), '`selector` not auto-generated')]),
  ];
}

/** `ValidateHasLabel` */
function checkHasLabel(labels: Labels | undefined, key: string, value: string): FieldError[] {
  const path = `spec.template.metadata.labels[${key}]`;
  if (labels?.[key] === undefined) return [required(path, `must be '${value}'`)];
  return labels[key] === value ? [] : [invalid(path, goStringMap(labels), `must be '${value}'`)];
}

/** `validateJobSpec`: what Jobs and the templates of CronJobs have in common; @param path where the spec stands */
export function validateJobSpec(spec: JobSpec, path: string): FieldError[] {
  return [
    ...validateNumbers(spec, path),
    ...(spec.managedBy === undefined ? [] : validateManagedBy(spec.managedBy, `${path}.managedBy`)),
    ...validateCompletionMode(spec, path),
    ...(spec.podFailurePolicy ? validatePodFailurePolicy(spec, `${path}.podFailurePolicy`) : []),
    ...(spec.successPolicy ? validateSuccessPolicy(spec, `${path}.successPolicy`) : []),
    ...validateReplacementPolicy(spec, `${path}.podReplacementPolicy`),
    ...validatePodTemplate(spec.template, `${path}.template`),
    ...validateRestartPolicy(spec, `${path}.template.spec.restartPolicy`),
  ];
}

function validateReplacementPolicy(
  { podReplacementPolicy: policy, podFailurePolicy }: JobSpec,
  path: string,
): FieldError[] {
  const supported = podFailurePolicy === undefined ? REPLACEMENTS : ['Failed'];
  return policy === undefined || supported.includes(policy) ? [] : [notSupported(path, policy, supported)];
}

/** `ValidateJobSpecUpdate` */
export function validateJobUpdate({ spec }: Job, { spec: old }: Job): FieldError[] {
  return [
    ...validateCompletionsUpdate(spec, old),
    ...(matchingSelectors(spec, old)
      ? []
      : [invalid('spec.selector', goLabelSelector(spec.selector), 'field is immutable')]),
    ...checkImmutable('spec.template', spec.template, old.template),
    ...checkImmutable('spec.completionMode', spec.completionMode, old.completionMode),
    ...checkImmutable('spec.backoffLimitPerIndex', spec.backoffLimitPerIndex, old.backoffLimitPerIndex),
  ];
}

/** `validateCompletions`: an Indexed job may grow and shrink with its parallelism. */
function validateCompletionsUpdate(spec: JobSpec, old: JobSpec): FieldError[] {
  const { completionMode, completions, parallelism } = spec;
  if (completionMode !== 'Indexed') return checkImmutable('spec.completions', completions, old.completions);
  if (completions === old.completions || completions === undefined || completions === parallelism) return [];
  return [invalid('spec.completions', completions, 'can only be modified in tandem with spec.parallelism')];
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
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ] as const;
  const alone = spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined;
  return [
    ...fields.flatMap((field) => checkNonNegative(`${path}.${field}`, spec[field])),
    ...(alone ? [required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')] : []),
  ];
}

function validateManagedBy(name: string, path: string): FieldError[] {
  const errors = isDomainPrefixedPath(path, name);
  return byteLength(name) > 63 ? [...errors, tooLong(path, '', 63)] : errors;
}

function validateCompletionMode(spec: JobSpec, path: string): FieldError[] {
  const { completionMode: mode } = spec;
  const known = mode === undefined || MODES.includes(mode) ? [] : [notSupported(`${path}.completionMode`, mode, MODES)];
  if (mode === 'Indexed') return [...known, ...validateIndexed(spec, path)];
  return mode === undefined || mode === 'NonIndexed' ? [...known, ...validateNonIndexed(spec, path)] : known;
}

function validateIndexed(
  { completions, parallelism = 0, maxFailedIndexes: failed = 0 }: JobSpec,
  path: string,
): FieldError[] {
  const many = `must be less than or equal to ${MANY} when completion mode is Indexed`;
  return [
    ...(completions === undefined ? [required(`${path}.completions`, 'when completion mode is Indexed')] : []),
    ...(parallelism > MANY ? [invalid(`${path}.parallelism`, parallelism, many)] : []),
    ...(completions !== undefined && failed > completions
      ? [invalid(`${path}.maxFailedIndexes`, failed, 'must be less than or equal to completions')]
      : []),
    ...(failed > MANY ? [invalid(`${path}.maxFailedIndexes`, failed, `must be less than or equal to ${MANY}`)] : []),
  ];
}

function validateNonIndexed(spec: JobSpec, path: string): FieldError[] {
  return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((field) =>
    spec[field] === undefined ? [] : [invalid(`${path}.${field}`, spec[field], 'requires indexed completion mode')],
  );
}

/** Pods of an Indexed job are named after their index, which must still make a host name. */
function validatePodNames({ completionMode, completions = 0 }: JobSpec, name: string): FieldError[] {
  if (completionMode !== 'Indexed' || completions < 1) return [];
  const last = `${name}-${completions - 1}`;
  if (isDNS1123Label(last).length === 0) return [];
  return [invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${last}`)];
}

/** An absent policy is Always by now, so that one counts as missing. */
function validateRestartPolicy({ template, podFailurePolicy }: JobSpec, path: string): FieldError[] {
  const { restartPolicy = 'Always' } = template.spec;
  if (restartPolicy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (restartPolicy !== 'OnFailure' && restartPolicy !== 'Never') {
    return [notSupported(path, restartPolicy, ['OnFailure', 'Never'])];
  }
  if (podFailurePolicy === undefined || restartPolicy === 'Never') return [];
  return [invalid(path, restartPolicy, 'only "Never" is supported when podFailurePolicy is specified')];
}

function validateSelector({ selector, template }: JobSpec): FieldError[] {
  if (selector === undefined) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  const labels = template.metadata?.labels;
  if (matchesSelector(selector, labels)) return errors;
  const mismatch = '`selector` does not match template `labels`';
  return [...errors, invalid('spec.template.metadata.labels', goStringMap(labels), mismatch)];
}
