import { serviceAccounts } from '../../../api/core-v1/service-account.ts';
import { clusterRoles } from '../../../api/rbac-v1/cluster-role.ts';
import { clusterRoleBindings } from '../../../api/rbac-v1/cluster-role-binding.ts';
import { type PolicyRule, roles } from '../../../api/rbac-v1/role.ts';
import { roleBindings, type Subject } from '../../../api/rbac-v1/role-binding.ts';
import { ServiceAccountTokens } from '../../authentication/service-account-token.ts';
import { createTestServer } from '../../test-server.ts';
import { createAccess } from '../access.ts';
import { Authorizer } from '../authorizer.ts';
import { bootstrapPolicy } from '../bootstrap-policy/bootstrap-policy.ts';

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const GROUP = 'rbac.authorization.k8s.io';

export const ADMIN_TOKEN = 'the-token-of-the-administrator';

/** An API server's store with the roles of a fresh cluster, and short ways to put more into it. */
export function createAccessWorld() {
  const server = createTestServer();
  const { store, clock, random, registry } = server;
  bootstrapPolicy({ registry, store });
  const tokens = new ServiceAccountTokens({ store, clock, random, secret: 'of this test' });
  const parts = { authorizer: new Authorizer(store), tokens };
  const access = createAccess({ ...parts, adminToken: ADMIN_TOKEN });
  const by = { user: 'kubernetes-admin' };
  return {
    ...server,
    access,
    /** Over plain http. */
    plainAccess: createAccess({ ...parts, adminToken: '' }),
    account: (name: string, namespace = 'default') =>
      registry.create(serviceAccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }, by),
    role: (name: string, rules: PolicyRule[], namespace = 'default') =>
      registry.create(roles, { apiVersion: API_VERSION, kind: 'Role', metadata: { name, namespace }, rules }, by),
    clusterRole: (name: string, rules: PolicyRule[]) =>
      registry.create(clusterRoles, { apiVersion: API_VERSION, kind: 'ClusterRole', metadata: { name }, rules }, by),
    /** A RoleBinding in `default`. */
    bind: (name: string, kind: 'Role' | 'ClusterRole', role: string, ...subjects: Subject[]) => {
      const roleRef = { apiGroup: GROUP, kind, name: role };
      const metadata = { name, namespace: 'default' };
      return registry.create(
        roleBindings,
        { apiVersion: API_VERSION, kind: 'RoleBinding', metadata, roleRef, subjects },
        by,
      );
    },
    bindCluster: (name: string, role: string, ...subjects: Subject[]) => {
      const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: role };
      const sent = {
        apiVersion: API_VERSION,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef,
        subjects,
      } as const;
      return registry.create(clusterRoleBindings, sent, by);
    },
  };
}
