import { describe, expect, test } from 'vitest';
import { selfSubjectReviews } from '../../api/authentication-v1/self-subject-review.ts';
import { tokenReviews } from '../../api/authentication-v1/token-review.ts';
import { selfSubjectRulesReviews } from '../../api/authorization-v1/self-subject-rules-review.ts';
import {
  localSubjectAccessReviews,
  selfSubjectAccessReviews,
  subjectAccessReviews,
} from '../../api/authorization-v1/subject-access-review.ts';
import { configMaps } from '../../api/core-v1/config-map.ts';
import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import { ADMIN } from '../authentication/authenticator.ts';
import { review } from './reviews.ts';
import { ADMIN_TOKEN, createAccessWorld } from './test/access-world.ts';

const alice = { name: 'alice', groups: ['system:authenticated'] };

function asked() {
  const world = createAccessWorld();
  world.role('reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]);
  world.bind('readers', 'Role', 'reader', { kind: 'User', name: 'alice' });
  return {
    ...world,
    ask: (kind: Kind, sent: object, user: typeof ADMIN = alice, namespace = '') =>
      review(kind, { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: {}, ...sent } as never, {
        access: world.access,
        user,
        namespace,
        now: 0,
      }) as unknown as { status: unknown; spec: unknown; metadata: unknown },
  };
}

const pods = { resource: 'pods', namespace: 'default', verb: 'get' };

describe('access', () => {
  test('mine', () => {
    const { ask } = asked();
    const can = (attributes: object) => ask(selfSubjectAccessReviews as Kind, { spec: attributes }).status;
    expect(can({ resourceAttributes: pods })).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "readers/default" of Role "reader" to User "alice"',
    });
    expect(can({ resourceAttributes: { ...pods, verb: 'delete' } })).toEqual({ allowed: false });
    expect(can({ nonResourceAttributes: { path: '/version', verb: 'get' } })).toMatchObject({ allowed: true });
  });

  test('of others', () => {
    const { ask } = asked();
    const spec = { user: 'alice', resourceAttributes: pods };
    expect(ask(subjectAccessReviews as Kind, { spec }, ADMIN).status).toMatchObject({ allowed: true });
    expect(ask(subjectAccessReviews as Kind, { spec: { ...spec, user: 'bob' } }, ADMIN).status).toEqual({
      allowed: false,
    });
    expect(ask(localSubjectAccessReviews as Kind, { spec }, ADMIN, 'default').status).toMatchObject({ allowed: true });
  });

  test('words for what is wrong', () => {
    const { ask } = asked();
    const both = { resourceAttributes: pods, nonResourceAttributes: { path: '/x', verb: 'get' } };
    expect(() => ask(selfSubjectAccessReviews as Kind, {})).toThrow(
      'SelfSubjectAccessReview.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified',
    );
    expect(() => ask(selfSubjectAccessReviews as Kind, { spec: both })).toThrow(
      'cannot be specified in combination with resourceAttributes',
    );
    expect(() => ask(subjectAccessReviews as Kind, { spec: { resourceAttributes: pods } })).toThrow(
      'SubjectAccessReview.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
    );
    const elsewhere = { user: 'x', resourceAttributes: { ...pods, namespace: 'ops' } };
    expect(() => ask(localSubjectAccessReviews as Kind, { spec: elsewhere }, ADMIN, 'default')).toThrow(
      'spec.resourceAttributes.namespace: Invalid value: "ops": must match metadata.namespace',
    );
  });
});

describe('rules', () => {
  test('of a user in a namespace', () => {
    const { ask, bind } = asked();
    bind('broken', 'Role', 'gone', { kind: 'User', name: 'alice' });
    const { status, spec } = ask(selfSubjectRulesReviews as Kind, { spec: { namespace: 'default' } });
    expect(spec).toEqual({});
    expect(status).toMatchObject({
      incomplete: true,
      evaluationError: 'role.rbac.authorization.k8s.io "gone" not found',
      resourceRules: expect.arrayContaining([{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]),
    });
    expect(() => ask(selfSubjectRulesReviews as Kind, { spec: {} })).toThrow('no namespace on request');
  });
});

describe('who', () => {
  test('am I', () => {
    expect(asked().ask(selfSubjectReviews as Kind, {}, ADMIN)).toMatchObject({
      metadata: { creationTimestamp: '1970-01-01T00:00:00Z' },
      status: {
        userInfo: { username: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] },
      },
    });
  });

  test('holds a token', () => {
    const { ask, access, account } = asked();
    const whose = (spec: object) => ask(tokenReviews as Kind, { spec }, ADMIN).status;
    const vault = access.tokens.issue({ account: account('builder'), audiences: ['vault'], expirationSeconds: 600 });
    expect(whose({ token: ADMIN_TOKEN })).toMatchObject({
      authenticated: true,
      user: { username: 'kubernetes-admin' },
    });
    expect(whose({ token: vault, audiences: ['vault', 'other'] })).toMatchObject({
      authenticated: true,
      audiences: ['vault'],
    });
    expect(whose({ token: vault })).toEqual({
      user: {},
      error:
        '[invalid bearer token, token audiences ["vault"] is invalid for the target audiences ["https://kubernetes.default.svc.cluster.local"]]',
    });
    expect(whose({ token: 'x' })).toEqual({ user: {}, error: 'invalid bearer token' });
    expect(() => whose({})).toThrow('token is required for TokenReview in authentication');
  });
});

test('objects of other kinds are no questions', () => {
  expect(asked().ask(configMaps as Kind, {})).toBeUndefined();
});

test('an answer has no time of creation, however the question spells that', () => {
  const { ask } = asked();
  const spec = { resourceAttributes: pods };
  expect(ask(selfSubjectAccessReviews as Kind, { spec }).metadata).toEqual({ creationTimestamp: null });
  const fromProtobuf = { metadata: { name: '', creationTimestamp: '' }, spec };
  expect(ask(selfSubjectAccessReviews as Kind, fromProtobuf).metadata).toMatchObject({ creationTimestamp: null });
});

test('questions are never stored', () => {
  const { registry } = createAccessWorld();
  const sent = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: { name: 'x' },
    spec: {},
  };
  expect(() => registry.create(subjectAccessReviews, sent as never, { user: 'x' })).toThrow(
    'the server does not allow this method on the requested resource',
  );
});
