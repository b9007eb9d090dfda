import { defineKind } from '../../apimachinery/kind.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { isPathSegmentName } from '../checks.ts';
import { CREATED_AT, NAME } from '../columns.ts';
import type { PolicyRule } from './role.ts';
import { validateAggregation, validateRules } from './validation.ts';

/** rbac.authorization.k8s.io/v1 ClusterRole. */
export interface ClusterRole {
  apiVersion: 'rbac.authorization.k8s.io/v1';
  kind: 'ClusterRole';
  metadata: ObjectMeta;
  rules?: PolicyRule[] | null;
  aggregationRule?: { clusterRoleSelectors?: LabelSelector[] };
}

export const clusterRoles = defineKind<ClusterRole>({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  resource: 'clusterroles',
  singular: 'clusterrole',
  namespaced: false,
  validateName: isPathSegmentName,
  validate: ({ rules, aggregationRule }) => [
    ...validateRules(rules ?? [], { namespaced: false }),
    ...validateAggregation(aggregationRule),
  ],
  columns: [NAME, CREATED_AT],
});
