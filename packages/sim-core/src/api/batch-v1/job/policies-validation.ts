import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  OMITTED,
  required,
  tooMany,
} from '../../../apimachinery/field-error.ts';
import { GoLiteral } from '../../../apimachinery/go-syntax.ts';
import { checkNonNegative, checkQualifiedName } from '../../checks.ts';
import type { JobSpec, PodFailurePolicyRule } from '../job.ts';

const ACTIONS: readonly string[] = Object.freeze(['Count', 'FailIndex', 'FailJob', 'Ignore']);
const OPERATORS: readonly string[] = Object.freeze(['In', 'NotIn']);
const STATUSES: readonly string[] = Object.freeze(['False', 'True', 'Unknown']);
const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;

type ExitCodes = NonNullable<PodFailurePolicyRule['onExitCodes']>;

/** pkg/apis/batch/validation/validation.go validatePodFailurePolicy */
export function validatePodFailurePolicy(spec: JobSpec, path: string): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  return [
    ...(rules.length > MAX_RULES ? [tooMany(`${path}.rules`, rules.length, MAX_RULES)] : []),
    ...rules.flatMap((rule, i) => validateRule(rule, spec, `${path}.rules[${i}]`)),
  ];
}

function validateRule(
  { action, onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  spec: JobSpec,
  path: string,
): FieldError[] {
  const conditions = onPodConditions.length > 0;
  const both = onExitCodes !== undefined && conditions;
  const neither = onExitCodes === undefined && !conditions;
  return [
    ...(action === 'FailIndex' && spec.backoffLimitPerIndex === undefined
      ? [invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set')]
      : checkValue(action, ACTIONS, `${path}.action`)),
    ...(onExitCodes ? validateExitCodes(onExitCodes, spec, `${path}.onExitCodes`) : []),
    ...onPodConditions.flatMap(({ type = '', status }, i) => [
      ...checkQualifiedName(`${path}.onPodConditions[${i}].type`, type),
      ...checkValue(status, STATUSES, `${path}.onPodConditions[${i}].status`),
    ]),
    ...(both ? [invalid(path, OMITTED, 'specifying both OnExitCodes and OnPodConditions is not supported')] : []),
    ...(neither ? [invalid(path, OMITTED, 'specifying one of OnExitCodes and OnPodConditions is required')] : []),
  ];
}

/** Of these enumerations what is missing is told what there is. */
function checkValue(value: string | undefined, supported: readonly string[], path: string): FieldError[] {
  if (!value) return [required(path, `valid values: [${supported.map((each) => `"${each}"`).join(' ')}]`)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

function validateExitCodes(
  { containerName, operator, values = [] }: ExitCodes,
  { template }: JobSpec,
  path: string,
): FieldError[] {
  const { containers = [], initContainers = [] } = template.spec;
  const known = [...containers, ...initContainers].some(({ name }) => name === containerName);
  const unknown = 'must be one of the container or initContainer names in the pod template';
  return [
    ...checkValue(operator, OPERATORS, `${path}.operator`),
    ...(containerName === undefined || known ? [] : [invalid(`${path}.containerName`, containerName, unknown)]),
    ...validateValues(values, operator, `${path}.values`),
  ];
}

function validateValues(values: readonly number[], operator: string, path: string): FieldError[] {
  const printed = new GoLiteral(values.length === 0 ? '[]int32(nil)' : `[]int32{${values.join(', ')}}`);
  const ordered = values.every((value, i) => i === 0 || (values[i - 1] ?? 0) <= value);
  return [
    ...(values.length === 0 ? [invalid(path, printed, 'at least one value is required')] : []),
    ...(values.length > MAX_EXIT_CODES ? [tooMany(path, values.length, MAX_EXIT_CODES)] : []),
    ...values.flatMap((value, i) => [
      ...(operator === 'In' && value === 0 ? [invalid(`${path}[${i}]`, 0, 'must not be 0 for the In operator')] : []),
      ...(values.indexOf(value) < i ? [duplicate(`${path}[${i}]`, value)] : []),
    ]),
    ...(ordered ? [] : [invalid(path, printed, 'must be ordered')]),
  ];
}

/** `validateSuccessPolicy` */
export function validateSuccessPolicy({ completionMode, successPolicy }: JobSpec, path: string): FieldError[] {
  if (completionMode !== 'Indexed') {
    return [
      invalid(
        path,
        new GoLiteral('batch.SuccessPolicy{Rules:[]batch.SuccessPolicyRule(nil)}'),
        'requires indexed completion mode',
      ),
    ];
  }
  const rules = successPolicy?.rules ?? [];
  const none = 'at least one rules must be specified when the successPolicy is specified';
  const empty = 'at least one of succeededCount or succeededIndexes must be specified';
  return [
    ...(rules.length === 0 ? [required(`${path}.rules`, none)] : []),
    ...(rules.length > MAX_RULES ? [tooMany(`${path}.rules`, rules.length, MAX_RULES)] : []),
    ...rules.flatMap(({ succeededCount, succeededIndexes }, i) =>
      succeededCount === undefined && succeededIndexes === undefined
        ? [required(`${path}.rules[${i}]`, empty)]
        : checkNonNegative(`${path}.rules[${i}].succeededCount`, succeededCount),
    ),
  ];
}
