import { describe, expect, test } from 'vitest';
import { type ClusterRole, clusterRoles } from '../../../api/rbac-v1/cluster-role.ts';
import { type PolicyRule, type Role, roles } from '../../../api/rbac-v1/role.ts';
import { type RoleBinding, roleBindings } from '../../../api/rbac-v1/role-binding.ts';
import { createAccessWorld } from '../test/access-world.ts';

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const alice = { name: 'alice', groups: ['system:authenticated'] };
const pods = (...verbs: string[]): PolicyRule => ({ apiGroups: [''], resources: ['pods'], verbs });
const manageRoles: PolicyRule = {
  apiGroups: ['rbac.authorization.k8s.io'],
  resources: ['roles', 'rolebindings'],
  verbs: ['create', 'update'],
};

/** Alice manages roles in `default` and may read pods there. */
function aliceManages(...more: PolicyRule[]) {
  const world = createAccessWorld();
  world.role('manager', [manageRoles, pods('get', 'list'), ...more]);
  world.bind('alice', 'Role', 'manager', { kind: 'User', name: 'alice' });
  const by = { user: 'alice', userInfo: alice };
  const role = (rules: PolicyRule[], name = 'new'): Role =>
    ({ apiVersion: API_VERSION, kind: 'Role', metadata: { name, namespace: 'default' }, rules }) as Role;
  const binding = (kind: string, name: string): RoleBinding =>
    ({
      apiVersion: API_VERSION,
      kind: 'RoleBinding',
      metadata: { name: 'new', namespace: 'default' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ kind: 'User', name: 'bob' }],
    }) as RoleBinding;
  return {
    ...world,
    grant: (...rules: PolicyRule[]) => world.registry.create(roles, role(rules), by),
    change: (rules: PolicyRule[], name: string) => world.registry.update(roles, role(rules, name), by),
    bindNew: (kind: string, name: string) => world.registry.create(roleBindings, binding(kind, name), by),
    by,
  };
}

describe('roles', () => {
  test('may grant what one holds, and nothing else', () => {
    const { grant } = aliceManages();
    expect(() => grant(pods('get', 'delete'), { ...pods('watch'), resources: ['secrets'] })).toThrow(
      'roles.rbac.authorization.k8s.io "new" is forbidden: user "alice" (groups=["system:authenticated"]) is attempting ' +
        'to grant RBAC permissions not currently held:\n' +
        '{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}\n{APIGroups:[""], Resources:["secrets"], Verbs:["watch"]}',
    );
    expect(grant(pods('get')).metadata.name).toBe('new');
  });

  test('may grant anything with the verb escalate', () => {
    const escalate = { ...manageRoles, verbs: ['escalate'] };
    expect(aliceManages(escalate).grant(pods('*')).metadata.name).toBe('new');
  });

  test('are asked at updates too, where more than owners changes', () => {
    const { change, role, registry, by } = aliceManages();
    const strong = role('strong', [pods('*')]);
    expect(() => change([pods('*'), pods('delete')], 'strong')).toThrow('attempting to grant');
    const owned = { ...strong, metadata: { ...strong.metadata, finalizers: ['example.com/hold'] } };
    expect(registry.update(roles, owned, by).metadata.finalizers).toEqual(['example.com/hold']);
  });

  test('that aggregate are for those who may do everything', () => {
    const { registry, by, clusterRole, bindCluster } = aliceManages();
    clusterRole('some', [{ ...manageRoles, resources: ['*'] }]);
    bindCluster('some', 'some', { kind: 'User', name: 'alice' });
    const role: ClusterRole = {
      apiVersion: API_VERSION,
      kind: 'ClusterRole',
      metadata: { name: 'sum' },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
    };
    expect(() => registry.create(clusterRoles, role, by)).toThrow(
      'clusterroles.rbac.authorization.k8s.io "sum" is forbidden: must have cluster-admin privileges to use the aggregationRule',
    );
  });
});

describe('bindings', () => {
  test('may bind what one holds, or what one may bind', () => {
    const { bindNew } = aliceManages();
    expect(() => bindNew('ClusterRole', 'cluster-admin')).toThrow(
      'rolebindings.rbac.authorization.k8s.io "new" is forbidden: user "alice" (groups=["system:authenticated"]) is ' +
        'attempting to grant RBAC permissions not currently held:\n{APIGroups:["*"], Resources:["*"], Verbs:["*"]}\n' +
        '{NonResourceURLs:["*"], Verbs:["*"]}',
    );
    expect(() => bindNew('Role', 'nothing')).toThrow('roles.rbac.authorization.k8s.io "nothing" not found');
    expect(bindNew('Role', 'manager').metadata.name).toBe('new');
    const mayBind = { ...manageRoles, resources: ['clusterroles'], resourceNames: ['cluster-admin'], verbs: ['bind'] };
    expect(aliceManages(mayBind).bindNew('ClusterRole', 'cluster-admin').metadata.name).toBe('new');
  });

  test('of components are not asked', () => {
    const { bind } = aliceManages();
    expect(bind('any', 'ClusterRole', 'cluster-admin').metadata.name).toBe('any');
  });
});
