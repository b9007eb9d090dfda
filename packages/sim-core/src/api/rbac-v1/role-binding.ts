import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { isPathSegmentName } from '../checks.ts';
import { BINDING_COLUMNS } from './columns.ts';
import { setBindingDefaults, validateBinding, validateBindingUpdate } from './validation.ts';

/** Who is bound. */
export interface Subject {
  kind: string;
  apiGroup?: string;
  name: string;
  namespace?: string;
}

/** What they are bound to. */
export interface RoleRef {
  apiGroup: string;
  kind: string;
  name: string;
}

/** rbac.authorization.k8s.io/v1 RoleBinding. */
export interface RoleBinding {
  apiVersion: 'rbac.authorization.k8s.io/v1';
  kind: 'RoleBinding';
  metadata: ObjectMeta;
  subjects?: Subject[];
  roleRef: RoleRef;
}

export const roleBindings = defineKind<RoleBinding>({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  resource: 'rolebindings',
  singular: 'rolebinding',
  namespaced: true,
  validateName: isPathSegmentName,
  setDefaults: setBindingDefaults,
  validate: (binding) => validateBinding(binding, ['ClusterRole', 'Role']),
  validateUpdate: validateBindingUpdate,
  columns: BINDING_COLUMNS,
});
