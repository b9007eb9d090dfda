import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../../../apimachinery/field-error.ts';
import { validateLabelSelector } from '../../../../apimachinery/label-selector.ts';
import { isDNS1123Label, isDNS1123Subdomain, isValidLabelValue } from '../../../../apimachinery/validation/names.ts';
import { check, checkQualifiedName } from '../../../checks.ts';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Toleration,
  TopologySpreadConstraint,
} from '../pod-spec.ts';

const TAINT_EFFECTS: readonly string[] = Object.freeze(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
const SPREAD_ACTIONS: readonly string[] = Object.freeze(['DoNotSchedule', 'ScheduleAnyway']);

/** `ValidateTolerations` */
export function validateTolerations(tolerations: readonly Toleration[], path: string): FieldError[] {
  return tolerations.flatMap((toleration, i) => validateToleration(toleration, `${path}[${i}]`));
}

function validateToleration(toleration: Toleration, path: string): FieldError[] {
  const { key, operator = '', effect = '', tolerationSeconds } = toleration;
  const errors = key ? checkQualifiedName(`${path}.key`, key) : [];
  if (!key && operator !== 'Exists') {
    const message = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalid(`${path}.operator`, operator, message));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  }
  errors.push(...validateTolerationOperator(toleration, `${path}.operator`));
  if (effect && !TAINT_EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, TAINT_EFFECTS));
  return errors;
}

function validateTolerationOperator(toleration: Toleration, path: string): FieldError[] {
  const { operator = '', value = '' } = toleration;
  if (operator === 'Exists') {
    return value ? [invalid(path, toleration, "value must be empty when `operator` is 'Exists'")] : [];
  }
  if (operator !== '' && operator !== 'Equal') return [notSupported(path, operator, ['Equal', 'Exists'])];
  const messages = isValidLabelValue(value);
  return messages.length > 0 ? [invalid(path, value, messages.join(';'))] : [];
}

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
  const terms = `${path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
  const missing = hard !== undefined && (hard.nodeSelectorTerms ?? []).length === 0;
  return [
    ...(missing ? [required(terms, 'must have at least one node selector term')] : []),
    ...(hard?.nodeSelectorTerms ?? []).flatMap((term, i) => validateTerm(term, `${terms}[${i}]`)),
    ...soft.flatMap(({ weight, preference }, i) => {
      const own = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      return [...checkWeight(weight, own), ...validateTerm(preference ?? {}, `${own}.preference`)];
    }),
  ];
}

function validateTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, path: string): FieldError[] {
  return [
    ...matchExpressions.flatMap((row, i) => validateRequirement(row, `${path}.matchExpressions[${i}]`)),
    ...matchFields.flatMap((row, i) => validateFieldRequirement(row, `${path}.matchFields[${i}]`)),
  ];
}

function validateRequirement(
  { key = '', operator = '', values = [] }: NodeSelectorRequirement,
  path: string,
): FieldError[] {
  return [...validateOperator(operator, values, path), ...checkQualifiedName(`${path}.key`, key)];
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
  return [
    ...validateLabelSelector(labelSelector, `${path}.labelSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...namespaces.flatMap((name) => check(`${path}.namespace`, name, isDNS1123Label(name))),
    ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
    ...checkQualifiedName(`${path}.topologyKey`, topologyKey),
  ];
}

/** `validateTopologySpreadConstraints` */
export function validateTopologySpread(constraints: readonly TopologySpreadConstraint[], path: string): FieldError[] {
  return constraints.flatMap((constraint, i) => {
    const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector } = constraint;
    const own = `${path}[${i}]`;
    const later = constraints.slice(i + 1);
    const again = later.some(
      (other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable,
    );
    return [
      ...(maxSkew > 0 ? [] : [invalid(`${own}.maxSkew`, maxSkew ?? 0, 'must be greater than zero')]),
      ...(topologyKey ? [] : [required(`${own}.topologyKey`, 'can not be empty')]),
      ...(SPREAD_ACTIONS.includes(whenUnsatisfiable)
        ? []
        : [notSupported(`${own}.whenUnsatisfiable`, whenUnsatisfiable ?? '', SPREAD_ACTIONS)]),
      ...(again
        ? [duplicate(`${own}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`)]
        : []),
      ...validateLabelSelector(labelSelector, `${own}.labelSelector`),
    ];
  });
}
