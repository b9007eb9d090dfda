import { describe, expect, test } from 'vitest';
import { createApiServer } from '../../cluster/api-server.ts';
import { createCluster } from '../../cluster.ts';
import type { WholeResponse } from '../http/message.ts';

const TOKEN = 'the-token-of-the-administrator';

/** An API server that asks for a token, and a client of it. */
function serving(adminToken = TOKEN) {
  const cluster = createCluster();
  const errors: unknown[] = [];
  const server = createApiServer({
    controlPlane: cluster.controlPlane,
    clock: cluster.clock,
    random: cluster.random,
    kubelet: cluster.kubelet.connection,
    network: cluster.network.network,
    manifests: cluster.manifests,
    adminToken,
    settle: () => cluster.settle(),
    onError: (error) => errors.push(error),
  });
  return {
    errors,
    server,
    ask: async (
      method: string,
      url: string,
      { token = TOKEN, as, type, body }: { token?: string; as?: string; type?: string; body?: object } = {},
    ) => {
      const { status, body: text } = (await server.handle({
        method,
        url,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(as && { 'impersonate-user': as }),
          ...(type && { 'content-type': type }),
        },
        body: new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body)),
      })) as WholeResponse;
      return { status, body: JSON.parse(String(text)) };
    },
  };
}

const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
const reader = (verbs: string[]) => ({
  metadata: { name: 'reader' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs }],
});

describe('requests', () => {
  test('without credentials get 401, those that may not 403', async () => {
    const { ask } = serving();
    expect(await ask('GET', '/api/v1/pods', { token: '' })).toEqual({
      status: 401,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      },
    });
    expect((await ask('GET', '/version', { token: '' })).status).toBe(200);
    expect((await ask('GET', '/api/v1/pods')).status).toBe(200);
    expect((await ask('GET', '/api/v1/pods', { as: 'bob' })).body).toMatchObject({
      code: 403,
      message: 'pods is forbidden: User "bob" cannot list resource "pods" in API group "" at the cluster scope',
      details: { kind: 'pods' },
    });
  });

  test('over plain http need none', async () => {
    const { ask } = serving('');
    expect((await ask('GET', '/api/v1/pods', { token: '' })).status).toBe(200);
    expect((await ask('GET', '/api/v1/pods')).status).toBe(401);
  });

  test.each([
    [{ origin: 'https://evil.example' }, 401],
    [{ 'sec-fetch-site': 'cross-site' }, 401],
    [{ host: 'evil.example:6443' }, 401],
    [{ host: '127.0.0.1:6443' }, 200],
    [{ host: '[::1]:6443', 'sec-fetch-site': 'none' }, 200],
  ])('over plain http, from a page or not: %j', async (headers, status) => {
    const { server } = serving('');
    const { status: answered } = await server.handle({
      method: 'GET',
      url: '/api/v1/pods',
      headers,
      body: new Uint8Array(0),
    });
    expect(answered).toBe(status);
  });

  test('come in with the token of a service account, and do what it may', async () => {
    const { ask, errors } = serving();
    await ask('POST', '/api/v1/namespaces/default/serviceaccounts', { body: { metadata: { name: 'builder' } } });
    const requested = await ask('POST', '/api/v1/namespaces/default/serviceaccounts/builder/token', {
      body: { spec: {} },
    });
    expect(requested.status).toBe(201);
    const { token } = requested.body.status;
    const listed = () => ask('GET', '/api/v1/namespaces/default/pods', { token });
    expect((await listed()).body.message).toMatch(
      /^pods is forbidden: User "system:serviceaccount:default:builder" cannot/,
    );
    expect((await ask('POST', `${RBAC}/roles`, { body: reader(['list']) })).status).toBe(201);
    const binding = {
      metadata: { name: 'readers' },
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'builder', namespace: 'default' }],
    };
    expect((await ask('POST', `${RBAC}/rolebindings`, { body: binding })).status).toBe(201);
    expect((await listed()).status).toBe(200);
    expect(errors).toEqual([]);
  });

  test('grant no more than their user holds, by any verb', async () => {
    const { ask } = serving();
    const manages = { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['*'] };
    const role = {
      metadata: { name: 'manager' },
      rules: [{ ...manages, verbs: ['create', 'patch', 'update', 'get'] }],
    };
    await ask('POST', `${RBAC}/roles`, { body: role });
    await ask('POST', `${RBAC}/roles`, { body: reader(['get']) });
    const subjects = [{ kind: 'User', name: 'alice' }];
    const roleRef = { kind: 'Role', name: 'manager' };
    await ask('POST', `${RBAC}/rolebindings`, { body: { metadata: { name: 'alice' }, roleRef, subjects } });
    const stronger = reader(['get', 'delete']);
    const refused = /attempting to grant RBAC permissions not currently held/;
    const named = { ...stronger, metadata: { name: 'new' } };
    expect((await ask('POST', `${RBAC}/roles`, { as: 'alice', body: named })).body.message).toMatch(refused);
    expect((await ask('PUT', `${RBAC}/roles/reader`, { as: 'alice', body: stronger })).body.message).toMatch(refused);
    const merge = { as: 'alice', type: 'application/merge-patch+json', body: stronger };
    expect((await ask('PATCH', `${RBAC}/roles/reader`, merge)).body.message).toMatch(refused);
    const body = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', ...named };
    const apply = { as: 'alice', type: 'application/apply-patch+yaml', body };
    expect((await ask('PATCH', `${RBAC}/roles/new?fieldManager=alice`, apply)).body.message).toMatch(refused);
  });
});

test('who may patch makes nothing new by server-side apply', async () => {
  const { ask } = serving();
  await ask('POST', `${RBAC}/roles`, { body: { ...reader(['patch', 'get']) } });
  const binding = {
    metadata: { name: 'x' },
    roleRef: { kind: 'Role', name: 'reader' },
    subjects: [{ kind: 'User', name: 'alice' }],
  };
  await ask('POST', `${RBAC}/rolebindings`, { body: binding });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  };
  const url = '/api/v1/namespaces/default/pods/web?fieldManager=alice';
  expect((await ask('PATCH', url, { as: 'alice', type: 'application/apply-patch+yaml', body: pod })).body.message).toBe(
    'pods "web" is forbidden: User "alice" cannot create resource "pods" in API group "" in the namespace "default"',
  );
});

test('a review carries nothing of what stored objects do', async () => {
  const review = { spec: { resourceAttributes: { verb: 'create', resource: 'pods' } } };
  const { body } = await serving().ask('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    body: review,
  });
  expect(body.metadata).toEqual({ creationTimestamp: null });
});

test('reviews are answered with 201 and leave nothing behind', async () => {
  const { ask } = serving();
  const spec = { resourceAttributes: { namespace: 'default', verb: 'list', resource: 'pods' } };
  const url = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  expect(await ask('POST', url, { body: { spec } })).toMatchObject({
    status: 201,
    body: { kind: 'SelfSubjectAccessReview', status: { allowed: true } },
  });
  expect((await ask('POST', url, { body: { spec } })).body.metadata).toEqual({ creationTimestamp: null });
  expect((await ask('POST', url, { as: 'bob', body: { spec } })).body.status).toEqual({ allowed: false });
  expect((await ask('GET', url)).status).toBe(405);
  const whoami = await ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', { body: {} });
  expect(whoami.body.status.userInfo.username).toBe('kubernetes-admin');
});
