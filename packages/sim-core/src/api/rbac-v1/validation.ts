import { deepEqual } from '../../apimachinery/deep.ts';
import { type FieldError, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { GoLiteral, goQuote } from '../../apimachinery/go-syntax.ts';
import { validateLabelSelector } from '../../apimachinery/label-selector.ts';
import { check, checkSubdomain, isPathSegmentName } from '../checks.ts';
import type { ClusterRole } from './cluster-role.ts';
import type { PolicyRule } from './role.ts';
import type { RoleRef, Subject } from './role-binding.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** What RoleBinding and ClusterRoleBinding have in common. */
interface Binding {
  subjects?: Subject[];
  roleRef: RoleRef;
}

/** pkg/apis/rbac/validation/validation.go ValidatePolicyRule */
export function validateRules(rules: readonly PolicyRule[], { namespaced }: { namespaced: boolean }): FieldError[] {
  return rules.flatMap((rule, i) => validateRule(rule, namespaced, `rules[${i}]`));
}

function validateRule(rule: PolicyRule, namespaced: boolean, path: string): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const errors = verbs.length > 0 ? [] : [required(`${path}.verbs`, 'verbs must contain at least one value')];
  const field = `${path}.nonResourceURLs`;
  if (nonResourceURLs.length > 0) {
    if (namespaced) errors.push(invalid(field, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
    const mixed = apiGroups.length + resources.length + resourceNames.length > 0;
    const message = 'rules cannot apply to both regular resources and non-resource URLs';
    return mixed ? [...errors, invalid(field, nonResourceURLs, message)] : errors;
  }
  if (apiGroups.length === 0)
    errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
  if (resources.length === 0)
    errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

/** pkg/apis/rbac/validation/validation.go ValidateClusterRole, what it asks of aggregationRule */
export function validateAggregation(rule: ClusterRole['aggregationRule']): FieldError[] {
  if (!rule) return [];
  const path = 'aggregationRule.clusterRoleSelectors';
  const selectors = rule.clusterRoleSelectors ?? [];
  if (selectors.length > 0) return selectors.flatMap((each, i) => validateLabelSelector(each, `${path}[${i}]`));
  return [required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
}

/** pkg/apis/rbac/v1/defaults.go */
export function setBindingDefaults(binding: Binding): void {
  binding.roleRef = { ...binding.roleRef, apiGroup: binding.roleRef?.apiGroup || GROUP };
  binding.subjects = binding.subjects?.map((subject) =>
    subject.kind === 'ServiceAccount' || subject.apiGroup ? subject : { ...subject, apiGroup: GROUP },
  );
}

/** `ValidateRoleBinding`, `ValidateClusterRoleBinding`; @param kinds what the binding may refer to */
export function validateBinding({ roleRef, subjects = [] }: Binding, kinds: readonly string[]): FieldError[] {
  const { apiGroup = '', kind = '', name } = roleRef;
  return [
    ...(apiGroup === GROUP ? [] : [notSupported('roleRef.apiGroup', apiGroup, [GROUP])]),
    ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind, kinds)]),
    ...(name ? check('roleRef.name', name, isPathSegmentName(name)) : [required('roleRef.name')]),
    ...subjects.flatMap((subject, i) => validateSubject(subject, kinds.includes('Role'), `subjects[${i}]`)),
  ];
}

/** `ValidateRoleBindingUpdate` */
export function validateBindingUpdate({ roleRef }: Binding, { roleRef: old }: Binding): FieldError[] {
  if (deepEqual(roleRef, old)) return [];
  const { apiGroup = '', kind = '', name = '' } = roleRef;
  const printed = `rbac.RoleRef{APIGroup:${goQuote(apiGroup)}, Kind:${goQuote(kind)}, Name:${goQuote(name)}}`;
  return [invalid('roleRef', new GoLiteral(printed), 'cannot change roleRef')];
}

function validateSubject(
  { kind, apiGroup = '', name, namespace }: Subject,
  namespaced: boolean,
  path: string,
): FieldError[] {
  const errors = name ? [] : [required(`${path}.name`)];
  const group = kind === 'ServiceAccount' ? '' : GROUP;
  if (!['ServiceAccount', 'User', 'Group'].includes(kind)) {
    return [...errors, notSupported(`${path}.kind`, kind ?? '', ['ServiceAccount', 'User', 'Group'])];
  }
  const isAccount = kind === 'ServiceAccount';
  if (isAccount && name) errors.push(...checkSubdomain(`${path}.name`, name));
  if (apiGroup !== group) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [group]));
  if (isAccount && !namespaced && !namespace) errors.push(required(`${path}.namespace`));
  return errors;
}
