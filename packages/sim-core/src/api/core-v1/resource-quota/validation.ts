import { deepEqual } from '../../../apimachinery/deep.ts';
import { type FieldError, invalid, required } from '../../../apimachinery/field-error.ts';
import { isQualifiedName } from '../../../apimachinery/validation/names.ts';
import { check } from '../../checks.ts';
import { isStandardResource, validateQuantity } from '../pod/validation/resources.ts';
import type { ResourceQuota } from '../resource-quota.ts';

const SCOPES: readonly string[] = Object.freeze([
  'BestEffort',
  'CrossNamespacePodAffinity',
  'NotBestEffort',
  'NotTerminating',
  'PriorityClass',
  'Terminating',
]);
/** What quotas do not limit although containers may ask for it. */
const NOT_FOR_QUOTAS: readonly string[] = Object.freeze(['storage']);
const COMPUTE = /^(pods|(requests\.|limits\.)?(cpu|memory|ephemeral-storage))$/;
/** Pairs of scopes no pod can be in both of. */
const CONFLICTS = Object.freeze([
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const);

/** pkg/apis/core/validation/validation.go ValidateResourceQuotaSpec */
export function validateResourceQuota({ spec = {} }: ResourceQuota): FieldError[] {
  const { hard = {} } = spec;
  return [
    ...Object.entries(hard).flatMap(([name, amount]) => [
      ...validateName(name, `spec.hard[${name}]`),
      ...validateQuantity(name, amount, `spec.hard[${name}]`),
    ]),
    ...validateScopes(spec.scopes ?? [], Object.keys(hard), 'spec.scopes'),
    ...validateSelector(spec, Object.keys(hard)),
  ];
}

/** Scopes say what a quota is about; another one is another quota. */
export function validateResourceQuotaUpdate({ spec }: ResourceQuota, old: ResourceQuota): FieldError[] {
  if (deepEqual(new Set(spec?.scopes ?? []).size, new Set(old.spec?.scopes ?? []).size)) {
    const same = (spec?.scopes ?? []).every((scope) => old.spec?.scopes?.includes(scope));
    if (same) return [];
  }
  return [invalid('spec.scopes', spec?.scopes ?? [], 'field is immutable')];
}

/** `ValidateResourceQuotaResourceName` */
function validateName(name: string, path: string): FieldError[] {
  const errors = check(path, name, isQualifiedName(name));
  if (errors.length > 0 || name.includes('/')) return errors;
  if (NOT_FOR_QUOTAS.includes(name)) return check(path, name, ['must be a standard resource for quotas']);
  if (isStandardResource(name) || /^requests\.hugepages-/.test(name)) return [];
  return check(path, name, [
    'must be a standard resource type or fully qualified',
    'must be a standard resource for quotas',
  ]);
}

/** `validateResourceQuotaScopes` */
function validateScopes(scopes: readonly string[], hard: readonly string[], path: string): FieldError[] {
  const errors = scopes.flatMap((scope) => {
    if (!SCOPES.includes(scope)) return [invalid(path, scope, 'unsupported scope')];
    return hard.some((name) => !isInScope(scope, name))
      ? hard
          .filter((name) => !isInScope(scope, name))
          .map(() => invalid(path, scopes, 'unsupported scope applied to resource'))
      : [];
  });
  const conflict = CONFLICTS.some((pair) => pair.every((scope) => scopes.includes(scope)));
  return conflict ? [...errors, invalid(path, scopes, 'conflicting scopes')] : errors;
}

/** IsResourceQuotaScopeValidForResource */
function isInScope(scope: string, name: string): boolean {
  if (scope === 'BestEffort') return name === 'pods';
  return COMPUTE.test(name) || name.startsWith('count/') || /^(requests\.)?hugepages-/.test(name);
}

/** `validateScopedResourceSelectorRequirement` */
function validateSelector(
  { scopeSelector }: NonNullable<ResourceQuota['spec']>,
  hard: readonly string[],
): FieldError[] {
  const path = 'spec.scopeSelector.matchExpressions';
  const rows = scopeSelector?.matchExpressions ?? [];
  return rows.flatMap(({ scopeName, operator, values = [] }) => {
    if (!SCOPES.includes(scopeName)) return [invalid(`${path}.scopeName`, scopeName, 'unsupported scope')];
    const unfit = hard.filter((name) => !isInScope(scopeName, name));
    const errors = unfit.map(() => invalid(path, scopeSelector, 'unsupported scope applied to resource'));
    return [...errors, ...validateOperator(scopeName, operator, values, path)];
  });
}

function validateOperator(scope: string, operator: string, values: readonly string[], path: string): FieldError[] {
  if (scope !== 'PriorityClass' && operator !== 'Exists') {
    const text =
      "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
    return [invalid(`${path}.operator`, operator, text)];
  }
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length > 0) return [];
    return [
      required(`${path}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"),
    ];
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length === 0) return [];
    return [
      invalid(
        `${path}.values`,
        values,
        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      ),
    ];
  }
  return [invalid(`${path}.operator`, operator, 'not a valid selector operator')];
}
