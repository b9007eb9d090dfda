import { type FieldError, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { type LabelSelector, validateLabelSelector } from '../../../../apimachinery/label-selector.ts';
import { isDNS1123Label, isDNS1123Subdomain, isValidLabelValue } from '../../../../apimachinery/validation/names.ts';
import { check, checkQualifiedName } from '../../../checks.ts';
import type { Affinity, NodeSelectorRequirement, NodeSelectorTerm, PodAffinity, PodAffinityTerm } from '../pod-spec.ts';

/** `validateAffinity` */
export function validateAffinity({ nodeAffinity, podAffinity, podAntiAffinity }: Affinity, path: string): FieldError[] {
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${path}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${path}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`) : []),
  ];
}

function validateNodeAffinity(affinity: NonNullable<Affinity['nodeAffinity']>, path: string): FieldError[] {
  const hard = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  const soft = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...(hard ? validateNodeSelector(hard, `${path}.requiredDuringSchedulingIgnoredDuringExecution`) : []),
    ...soft.flatMap(({ weight, preference }, i) => {
      const own = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      return [...checkWeight(weight, own), ...validateTerm(preference ?? {}, `${own}.preference`, false)];
    }),
  ];
}

/** `ValidateNodeSelector` */
export function validateNodeSelector(
  { nodeSelectorTerms = [] }: { nodeSelectorTerms?: NodeSelectorTerm[] },
  path: string,
): FieldError[] {
  const terms = `${path}.nodeSelectorTerms`;
  if (nodeSelectorTerms.length === 0) return [required(terms, 'must have at least one node selector term')];
  return nodeSelectorTerms.flatMap((term, i) => validateTerm(term, `${terms}[${i}]`, true));
}

/** `ValidateNodeSelectorTerm`; @param strict whether values must be label values, as those of preferences need not */
function validateTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  path: string,
  strict: boolean,
): FieldError[] {
  return [
    ...matchExpressions.flatMap((row, i) => {
      const own = `${path}.matchExpressions[${i}]`;
      return [...validateRequirement(row, own), ...(strict ? checkLabelValues(row, `${own}.values`) : [])];
    }),
    ...matchFields.flatMap((row, i) => validateFieldRequirement(row, `${path}.matchFields[${i}]`)),
  ];
}

function validateRequirement(
  { key = '', operator = '', values = [] }: NodeSelectorRequirement,
  path: string,
): FieldError[] {
  return [...validateOperator(operator, values, path), ...checkQualifiedName(`${path}.key`, key)];
}

function checkLabelValues({ values = [] }: NodeSelectorRequirement, path: string): FieldError[] {
  return values.flatMap((value, i) => check(`${path}[${i}]`, value, isValidLabelValue(value)));
}

function validateOperator(operator: string, values: readonly string[], path: string): FieldError[] {
  const field = `${path}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? [] : [required(field, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      if (values.length === 0) return [];
      return [forbidden(field, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      if (values.length === 1) return [];
      return [required(field, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${path}.operator`, operator, 'not a valid selector operator')];
  }
}

function validateFieldRequirement({ key, operator, values = [] }: NodeSelectorRequirement, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  else if (values.length !== 1) {
    errors.push(
      required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"),
    );
  }
  if (key !== 'metadata.name') return [...errors, invalid(`${path}.key`, key, 'not a valid field selector key')];
  return [...errors, ...values.flatMap((value, i) => check(`${path}.values[${i}]`, value, isDNS1123Subdomain(value)))];
}

function checkWeight(weight: number, path: string): FieldError[] {
  return weight >= 1 && weight <= 100 ? [] : [invalid(`${path}.weight`, weight ?? 0, 'must be in the range 1-100')];
}

function validatePodAffinity(affinity: PodAffinity, path: string): FieldError[] {
  const hard = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const soft = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...hard.flatMap((term, i) =>
      validatePodAffinityTerm(term, `${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`),
    ),
    ...soft.flatMap(({ weight, podAffinityTerm }, i) => {
      const own = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      return [...checkWeight(weight, own), ...validatePodAffinityTerm(podAffinityTerm, `${own}.podAffinityTerm`)];
    }),
  ];
}

function validatePodAffinityTerm(term: Partial<PodAffinityTerm> = {}, path: string): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term;
  const { matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  const both = 'exists in both matchLabelKeys and mismatchLabelKeys';
  return [
    ...validateLabelSelector(labelSelector, `${path}.labelSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...namespaces.flatMap((name) => check(`${path}.namespace`, name, isDNS1123Label(name))),
    ...checkLabelKeys(matchLabelKeys, labelSelector, `${path}.matchLabelKeys`),
    ...checkLabelKeys(mismatchLabelKeys, labelSelector, `${path}.mismatchLabelKeys`),
    ...mismatchLabelKeys.flatMap((key, i) =>
      matchLabelKeys.includes(key) ? [invalid(`${path}.mismatchLabelKeys[${i}]`, key, both)] : [],
    ),
    ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
    ...checkQualifiedName(`${path}.topologyKey`, topologyKey),
  ];
}

/** Keys whose values a pod's own labels give; they mean nothing without a selector (`validateLabelKeys`). */
function checkLabelKeys(keys: readonly string[], selector: LabelSelector | undefined, path: string): FieldError[] {
  if (keys.length === 0) return [];
  if (selector === undefined) return [forbidden(path, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, i) => checkQualifiedName(`${path}[${i}]`, key));
}
