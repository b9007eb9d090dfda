import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../../../apimachinery/field-error.ts';
import { validateLabelSelector } from '../../../../apimachinery/label-selector.ts';
import { checkQualifiedName } from '../../../checks.ts';
import type { TopologySpreadConstraint } from '../pod-spec.ts';

const INCLUSIONS: readonly string[] = Object.freeze(['Honor', 'Ignore']);
const SPREAD_ACTIONS: readonly string[] = Object.freeze(['DoNotSchedule', 'ScheduleAnyway']);

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
      ...validateMinDomains(constraint, `${own}.minDomains`),
      ...checkInclusion(constraint.nodeAffinityPolicy, `${own}.nodeAffinityPolicy`),
      ...checkInclusion(constraint.nodeTaintsPolicy, `${own}.nodeTaintsPolicy`),
      ...validateSpreadLabelKeys(constraint, `${own}.matchLabelKeys`),
      ...validateLabelSelector(labelSelector, `${own}.labelSelector`),
    ];
  });
}

function validateMinDomains({ minDomains, whenUnsatisfiable }: TopologySpreadConstraint, path: string): FieldError[] {
  if (minDomains === undefined) return [];
  const needed = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
  return [
    ...(minDomains > 0 ? [] : [invalid(path, minDomains, 'must be greater than zero')]),
    ...(whenUnsatisfiable === 'DoNotSchedule' ? [] : [invalid(path, minDomains, needed)]),
  ];
}

/** `validateNodeInclusionPolicy` */
function checkInclusion(policy: string | undefined, path: string): FieldError[] {
  return policy === undefined || INCLUSIONS.includes(policy) ? [] : [notSupported(path, policy, INCLUSIONS)];
}

/** `validateMatchLabelKeysInTopologySpread` */
function validateSpreadLabelKeys(
  { matchLabelKeys = [], labelSelector }: TopologySpreadConstraint,
  path: string,
): FieldError[] {
  if (matchLabelKeys.length === 0) return [];
  const { matchLabels = {}, matchExpressions = [] } = labelSelector ?? {};
  const selected = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const missing = 'must not be specified when labelSelector is not set';
  return [
    ...(labelSelector === undefined ? [forbidden(path, missing)] : []),
    ...matchLabelKeys.flatMap((key, i) => [
      ...checkQualifiedName(`${path}[${i}]`, key),
      ...(selected.includes(key)
        ? [invalid(`${path}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector')]
        : []),
    ]),
  ];
}
