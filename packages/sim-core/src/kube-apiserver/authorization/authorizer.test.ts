import { describe, expect, test } from 'vitest';
import { roles } from '../../api/rbac-v1/role.ts';
import { roleBindings } from '../../api/rbac-v1/role-binding.ts';
import { ADMIN, ANONYMOUS } from '../authentication/authenticator.ts';
import { newForbiddenRequest, pathAttributes, resourceAttributes } from './attributes.ts';
import { createAccessWorld } from './test/access-world.ts';

const alice = { name: 'alice', groups: ['developers', 'system:authenticated'] };
const reader = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }];
const listPods = (user = alice, namespace = 'default') =>
  resourceAttributes(user, { verb: 'list', apiVersion: 'v1', resource: 'pods', namespace });

describe('role bindings', () => {
  test('allow in their namespace only', () => {
    const { access, role, bind } = createAccessWorld();
    role('reader', reader);
    bind('readers', 'Role', 'reader', { kind: 'User', name: 'alice' });
    expect(access.authorizer.authorize(listPods())).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "readers/default" of Role "reader" to User "alice"',
    });
    expect(access.authorizer.authorize(listPods(alice, 'kube-system')).allowed).toBe(false);
    expect(access.authorizer.authorize(listPods(alice, '')).allowed).toBe(false);
  });

  test('of cluster roles too', () => {
    const { access, clusterRole, bind } = createAccessWorld();
    clusterRole('reader', reader);
    bind('readers', 'ClusterRole', 'reader', { kind: 'Group', name: 'developers' });
    expect(access.authorizer.authorize(listPods()).allowed).toBe(true);
    expect(access.authorizer.authorize(listPods(alice, 'kube-system')).allowed).toBe(false);
  });

  test('count at once when they or their roles change', () => {
    const { access, role, bind, registry } = createAccessWorld();
    const allowed = () => access.authorizer.authorize(listPods()).allowed;
    expect(allowed()).toBe(false);
    bind('readers', 'Role', 'reader', { kind: 'User', name: 'alice' });
    expect(access.authorizer.authorize(listPods())).toEqual({
      allowed: false,
      reason: 'RBAC: role.rbac.authorization.k8s.io "reader" not found',
    });
    role('reader', reader);
    expect(allowed()).toBe(true);
    registry.delete(roleBindings, 'default', 'readers');
    expect(allowed()).toBe(false);
    registry.delete(roles, 'default', 'reader');
  });

  test('service accounts without a namespace are those of the binding', () => {
    const { access, clusterRole, bind, bindCluster } = createAccessWorld();
    const builder = { name: 'system:serviceaccount:default:builder', groups: [] };
    clusterRole('reader', reader);
    bindCluster('elsewhere', 'reader', { kind: 'ServiceAccount', name: 'builder', namespace: 'ops' });
    expect(access.authorizer.authorize(listPods(builder as never)).allowed).toBe(false);
    bind('readers', 'ClusterRole', 'reader', { kind: 'ServiceAccount', name: 'builder' });
    expect(access.authorizer.authorize(listPods(builder as never)).reason).toBe(
      'RBAC: allowed by RoleBinding "readers/default" of ClusterRole "reader" to ServiceAccount "builder/default"',
    );
  });
});

test('a fresh cluster: its administrator may do everything, everybody may discover, strangers see health', () => {
  const { authorizer } = createAccessWorld().access;
  const everything = resourceAttributes(ADMIN as never, { verb: '*', apiGroup: '*', resource: '*' });
  expect(authorizer.authorize(everything).allowed).toBe(true);
  expect(authorizer.authorize({ ...everything, user: { name: 'root', groups: ['system:masters'] } }).allowed).toBe(
    true,
  );
  expect(authorizer.authorize(listPods()).allowed).toBe(false);
  expect(authorizer.authorize(pathAttributes(alice, 'get', '/apis/apps/v1')).allowed).toBe(true);
  expect(authorizer.authorize(pathAttributes(alice, 'get', '/metrics')).allowed).toBe(false);
  expect(authorizer.authorize(pathAttributes(ANONYMOUS, 'get', '/readyz')).allowed).toBe(true);
  expect(authorizer.authorize(pathAttributes(ANONYMOUS, 'get', '/api')).allowed).toBe(false);
  const node = { name: 'system:node:node-1', groups: ['system:nodes', 'system:authenticated'] };
  expect(authorizer.authorize(listPods(node)).allowed).toBe(true);
});

describe('words of what is forbidden', () => {
  const words = (given: Parameters<typeof resourceAttributes>[1], reason?: string) =>
    newForbiddenRequest(
      resourceAttributes({ name: 'system:serviceaccount:default:builder', groups: [] }, given),
      reason,
    ).message;

  test('collections, objects, subresources, groups, the cluster', () => {
    expect(words({ verb: 'list', resource: 'pods', namespace: 'default' })).toBe(
      'pods is forbidden: User "system:serviceaccount:default:builder" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    expect(words({ verb: 'get', resource: 'pods', subresource: 'log', namespace: 'default', name: 'x' })).toBe(
      'pods "x" is forbidden: User "system:serviceaccount:default:builder" cannot get resource "pods/log" in API group "" in the namespace "default"',
    );
    expect(words({ verb: 'create', apiGroup: 'apps', resource: 'deployments' }, 'RBAC: role "x" not found')).toBe(
      'deployments.apps is forbidden: User "system:serviceaccount:default:builder" cannot create resource "deployments" in API group "apps" at the cluster scope: RBAC: role "x" not found',
    );
  });

  test('paths', () => {
    expect(newForbiddenRequest(pathAttributes({ name: 'x', groups: [] }, 'get', '/foo')).status).toMatchObject({
      message: 'forbidden: User "x" cannot get path "/foo"',
      reason: 'Forbidden',
      code: 403,
    });
  });
});
