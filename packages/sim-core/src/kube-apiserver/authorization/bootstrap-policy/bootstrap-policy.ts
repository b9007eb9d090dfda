import { namespaces } from '../../../api/core-v1/namespace.ts';
import { type ClusterRole, clusterRoles } from '../../../api/rbac-v1/cluster-role.ts';
import { type ClusterRoleBinding, clusterRoleBindings } from '../../../api/rbac-v1/cluster-role-binding.ts';
import { type PolicyRule, type Role, roles } from '../../../api/rbac-v1/role.ts';
import { type RoleBinding, roleBindings } from '../../../api/rbac-v1/role-binding.ts';
import { groupResource, type Kind } from '../../../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../../../apimachinery/object-meta.ts';
import type { Store } from '../../../etcd/store.ts';
import type { Registry } from '../../registry.ts';
import { type BoundRole, componentBindings, controllerBinding, kubeadmBindings } from './bindings.ts';
import { componentRoles } from './component-roles.ts';
import { controllerRoles } from './controller-roles.ts';
import { namespacePolicies } from './namespace-policy.ts';

const RBAC = 'rbac.authorization.k8s.io';
const API_VERSION = `${RBAC}/v1`;

/** Roles that are the sum of others, with the role that they are a part of themselves. */
const AGGREGATED: readonly (readonly [role: string, partOf?: string])[] = Object.freeze([
  ['admin'],
  ['edit', 'admin'],
  ['view', 'edit'],
] as const);

/**
 * Puts the roles and bindings into the store that every cluster starts with, and those that kubeadm adds; what is there
 * stays (pkg/registry/rbac/rest/storage_rbac.go PostStartHook). Two hundred objects that nobody but an authorizer looks at:
 * they come when the first client does, as old as the cluster is.
 */
export function bootstrapPolicy({ registry, store }: { registry: Registry; store: Store }): void {
  const { creationTimestamp } = store.get(namespaces.resource, '', 'kube-system')?.metadata ?? {};
  const put = <T extends KubeObject>(kind: Kind<T>, object: T): void => {
    const { namespace = '', name } = object.metadata;
    if (store.get(groupResource(kind), namespace, name) !== undefined) return;
    registry.load(kind, {
      ...object,
      metadata: { ...object.metadata, ...(creationTimestamp && { creationTimestamp }) },
    });
  };
  for (const [name, partOf] of AGGREGATED) put(clusterRoles, aggregated(name, partOf));
  for (const [name, rules] of Object.entries(componentRoles())) put(clusterRoles, clusterRole(name, rules));
  for (const bound of componentBindings()) put(clusterRoleBindings, clusterRoleBinding(bound, meta(bound.role)));
  for (const bound of kubeadmBindings())
    put(clusterRoleBindings, clusterRoleBinding(bound, { name: bound.name ?? '' }));
  for (const [name, rules] of Object.entries(controllerRoles())) {
    const bound = controllerBinding(name);
    put(clusterRoles, clusterRole(bound.role, rules));
    put(clusterRoleBindings, clusterRoleBinding(bound, meta(bound.role)));
  }
  for (const { namespace, role, binding = role, rules, subjects } of namespacePolicies()) {
    put(roles, {
      apiVersion: API_VERSION,
      kind: 'Role',
      metadata: { ...meta(role), namespace },
      rules: [...rules],
    } as Role);
    put(roleBindings, roleBinding(role, { ...meta(binding), namespace }, [...subjects]));
  }
}

function meta(name: string, labels: Record<string, string> = {}): ObjectMeta {
  return {
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  };
}

/** Label of a role whose rules `role` takes over. */
function aggregateTo(role: string): Record<string, string> {
  return { [`${RBAC}/aggregate-to-${role}`]: 'true' };
}

function aggregated(name: string, partOf?: string): ClusterRole {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterRole',
    metadata: meta(name, partOf === undefined ? {} : aggregateTo(partOf)),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregateTo(name) }] },
    rules: null,
  };
}

function clusterRole(name: string, rules: readonly PolicyRule[]): ClusterRole {
  const target = /^system:aggregate-to-(.+)$/.exec(name)?.[1];
  const metadata = name.startsWith('kubeadm:') ? { name } : meta(name, target === undefined ? {} : aggregateTo(target));
  return { apiVersion: API_VERSION, kind: 'ClusterRole', metadata, rules: [...rules] };
}

function clusterRoleBinding({ role, subjects }: BoundRole, metadata: ObjectMeta): ClusterRoleBinding {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    ...(subjects.length > 0 && { subjects: [...subjects] }),
  };
}

function roleBinding(role: string, metadata: ObjectMeta, subjects: RoleBinding['subjects']): RoleBinding {
  const roleRef = { apiGroup: RBAC, kind: 'Role', name: role };
  return { apiVersion: API_VERSION, kind: 'RoleBinding', metadata, roleRef, ...(subjects && { subjects }) };
}
