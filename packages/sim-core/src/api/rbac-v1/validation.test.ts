import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { RoleRef, Subject } from './role-binding.ts';
import { validateAggregation, validateBinding, validateBindingUpdate, validateRules } from './validation.ts';

const roleRef: RoleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
const words = (errors: ReturnType<typeof validateRules>) => errors.map(formatFieldError);

describe('rules', () => {
  test('need verbs, and groups and resources or paths', () => {
    expect(words(validateRules([{ verbs: [] }], { namespaced: true }))).toEqual([
      'rules[0].verbs: Required value: verbs must contain at least one value',
      'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
      'rules[0].resources: Required value: resource rules must supply at least one resource',
    ]);
  });

  test('about paths are for cluster roles, and about nothing else', () => {
    const paths = { verbs: ['get'], nonResourceURLs: ['/x'] };
    expect(words(validateRules([paths], { namespaced: true }))).toEqual([
      'rules[0].nonResourceURLs: Invalid value: []string{"/x"}: namespaced rules cannot apply to non-resource URLs',
    ]);
    expect(words(validateRules([{ ...paths, resources: ['pods'] }], { namespaced: false }))).toEqual([
      'rules[0].nonResourceURLs: Invalid value: []string{"/x"}: rules cannot apply to both regular resources and non-resource URLs',
    ]);
  });

  test('that aggregate need a selector', () => {
    expect(words(validateAggregation({ clusterRoleSelectors: [] }))).toEqual([
      'aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil',
    ]);
    const selector = { matchExpressions: [{ key: 'a', operator: 'Is' }] };
    expect(words(validateAggregation({ clusterRoleSelectors: [selector] }))).toEqual([
      'aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
    ]);
  });
});

describe('bindings', () => {
  const subjects = (...list: Partial<Subject>[]) =>
    words(validateBinding({ roleRef, subjects: list as Subject[] }, ['ClusterRole', 'Role']));

  test('refer to a role', () => {
    expect(
      words(validateBinding({ roleRef: { apiGroup: 'x', kind: 'Rol', name: '' } }, ['ClusterRole', 'Role'])),
    ).toEqual([
      'roleRef.apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io"',
      'roleRef.kind: Unsupported value: "Rol": supported values: "ClusterRole", "Role"',
      'roleRef.name: Required value',
    ]);
  });

  test('have subjects with a kind, a name and its group', () => {
    expect(subjects({ kind: 'Usr', name: 'x' }, { kind: 'User', name: '' })).toEqual([
      'subjects[0].kind: Unsupported value: "Usr": supported values: "ServiceAccount", "User", "Group"',
      'subjects[1].name: Required value',
      'subjects[1].apiGroup: Unsupported value: "": supported values: "rbac.authorization.k8s.io"',
    ]);
    const account = { kind: 'ServiceAccount', name: 'x', apiGroup: 'y' };
    expect(
      words(validateBinding({ roleRef: { ...roleRef, kind: 'ClusterRole' }, subjects: [account] }, ['ClusterRole'])),
    ).toEqual([
      'subjects[0].apiGroup: Unsupported value: "y": supported values: ""',
      'subjects[0].namespace: Required value',
    ]);
  });

  test('keep their role', () => {
    expect(words(validateBindingUpdate({ roleRef: { ...roleRef, name: 'other' } }, { roleRef }))).toEqual([
      'roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"Role", Name:"other"}: cannot change roleRef',
    ]);
  });
});
