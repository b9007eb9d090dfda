import { expect, test } from 'vitest';
import { type ClusterRole, clusterRoles } from '../api/rbac-v1/cluster-role.ts';
import type { PolicyRule } from '../api/rbac-v1/role.ts';
import { bootstrapPolicy } from '../kube-apiserver/authorization/bootstrap-policy/bootstrap-policy.ts';
import { clusterRoleAggregationController } from './clusterrole-aggregation.ts';
import { createWorld } from './test/world.ts';

const pods: PolicyRule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const jobs: PolicyRule = { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] };

function part(name: string, rules: PolicyRule[]): ClusterRole {
  const metadata = { name, labels: { sum: 'yes' } };
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata, rules };
}

test('a role that aggregates holds the rules of its parts, by name and each once', () => {
  const { client, settle } = createWorld([clusterRoleAggregationController()]);
  const { rules: _none, ...sum } = part('sum', []);
  client.create(clusterRoles, { ...sum, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { sum: 'yes' } }] } });
  const rules = () => {
    settle();
    return client.get(clusterRoles, '', 'sum')?.rules ?? [];
  };
  expect(rules()).toEqual([]);
  client.create(clusterRoles, part('b', [jobs, pods]));
  client.create(clusterRoles, part('a', [pods]));
  expect(rules()).toEqual([pods, jobs]);
  client.delete(clusterRoles, '', 'b');
  expect(rules()).toEqual([pods]);
});

test('admin is edit and more, edit is view and more', () => {
  const { client, registry, store, settle } = createWorld([clusterRoleAggregationController()]);
  bootstrapPolicy({ registry, store });
  settle();
  const rulesOf = (name: string) => client.get(clusterRoles, '', name)?.rules ?? [];
  expect(rulesOf('view')).toHaveLength(10);
  expect(rulesOf('edit')).toEqual(expect.arrayContaining([...rulesOf('view')]));
  expect(rulesOf('admin')).toEqual(expect.arrayContaining([...rulesOf('edit')]));
  expect(rulesOf('admin')).toContainEqual({
    apiGroups: ['rbac.authorization.k8s.io'],
    resources: ['rolebindings', 'roles'],
    verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
  });
});
