import { describe, expect, test } from 'vitest';
import { serviceAccounts } from '../../api/core-v1/service-account.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import type { Access } from './access.ts';
import { type Attributes, pathAttributes, resourceAttributes } from './attributes.ts';
import { ADMIN_TOKEN, createAccessWorld } from './test/access-world.ts';

const nobody = { name: '', groups: [] };
const getPods = resourceAttributes(nobody, { verb: 'list', resource: 'pods', namespace: 'default' });
const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** What a request comes to: its user, when they may do it. */
function check(access: Access, request: { headers: Record<string, string>; info: Omit<Attributes, 'user'> }) {
  const user = access.authenticate({ ...request, path: request.info.path });
  access.authorize({ ...request.info, user });
  return user;
}

function answer(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof StatusError ? `${error.status.code} ${error.message}` : error;
  }
}

describe('credentials', () => {
  const { access, plainAccess } = createAccessWorld();
  const sent = (headers: Record<string, string>, info = getPods, by = access) =>
    answer(() => check(by, { headers, info }));

  test('the administrator', () => {
    expect(sent(admin)).toEqual({
      name: 'kubernetes-admin',
      groups: ['kubeadm:cluster-admins', 'system:authenticated'],
    });
    expect(sent({ authorization: `bearer  ${ADMIN_TOKEN}` })).toBe('401 Unauthorized');
  });

  test('none or wrong ones are unauthorized', () => {
    expect(sent({})).toBe('401 Unauthorized');
    expect(sent({ authorization: 'Bearer wrong' })).toBe('401 Unauthorized');
    expect(sent({ authorization: 'Basic YTpi' })).toBe('401 Unauthorized');
  });

  test('health and version are open to strangers, not to wrong credentials', () => {
    const readyz = pathAttributes(nobody, 'get', '/readyz');
    expect(sent({}, readyz)).toMatchObject({ name: 'system:anonymous' });
    expect(sent({ authorization: 'Bearer wrong' }, readyz)).toBe('401 Unauthorized');
  });

  test('over plain http without a token one is the administrator', () => {
    expect(sent({}, getPods, plainAccess)).toMatchObject({ name: 'kubernetes-admin' });
    expect(sent({ authorization: 'Bearer wrong' }, getPods, plainAccess)).toBe('401 Unauthorized');
  });
});

describe('impersonation', () => {
  test('takes name, groups, uid and extra', () => {
    const { access, bindCluster } = createAccessWorld();
    bindCluster('alice', 'cluster-admin', { kind: 'User', name: 'alice' });
    const headers = {
      ...admin,
      'impersonate-user': 'alice',
      'impersonate-group': 'developers, testers',
      'impersonate-uid': '42',
      'impersonate-extra-scopes%2fx': 'view',
    };
    expect(check(access, { headers, info: getPods })).toEqual({
      name: 'alice',
      uid: '42',
      groups: ['developers', 'testers', 'system:authenticated'],
      extra: { 'scopes/x': ['view'] },
    });
  });

  test('a service account brings its groups', () => {
    const { access } = createAccessWorld();
    const headers = { ...admin, 'impersonate-user': 'system:serviceaccount:default:builder' };
    const info = pathAttributes(nobody, 'get', '/api');
    expect(check(access, { headers, info }).groups).toEqual([
      'system:serviceaccounts',
      'system:serviceaccounts:default',
      'system:authenticated',
    ]);
    expect(answer(() => check(access, { headers, info: getPods }))).toMatch(
      /^403 pods is forbidden: User "system:serv/,
    );
  });

  test('has to be allowed', () => {
    const { access, account } = createAccessWorld();
    const token = access.tokens.issue({ account: account('builder'), expirationSeconds: 600 });
    const as = (name: string, more = {}) =>
      answer(() =>
        check(access, {
          headers: { authorization: `Bearer ${token}`, 'impersonate-user': name, ...more },
          info: getPods,
        }),
      );
    const who = 'User "system:serviceaccount:default:builder"';
    expect(as('bob')).toBe(
      `403 users "bob" is forbidden: ${who} cannot impersonate resource "users" in API group "" at the cluster scope`,
    );
    expect(as('system:serviceaccount:ops:x')).toBe(
      `403 serviceaccounts "x" is forbidden: ${who} cannot impersonate resource "serviceaccounts" in API group "" in the namespace "ops"`,
    );
  });

  test('needs a user', () => {
    const { access } = createAccessWorld();
    expect(answer(() => check(access, { headers: { ...admin, 'impersonate-group': 'x' }, info: getPods }))).toMatch(
      /^500 Internal Server Error: .*without impersonating a user$/,
    );
  });

  test('as a stranger one is forbidden, not unauthorized', () => {
    const { access } = createAccessWorld();
    const headers = { ...admin, 'impersonate-user': 'system:anonymous' };
    expect(answer(() => check(access, { headers, info: getPods }))).toMatch(
      /^403 pods is forbidden: User "system:anonym/,
    );
  });
});

describe('tokens of service accounts', () => {
  const info = pathAttributes(nobody, 'get', '/api');

  test('name the account, until it goes or they expire', () => {
    const { access, account, registry, clock } = createAccessWorld();
    const builder = account('builder');
    const token = access.tokens.issue({ account: builder, expirationSeconds: 600 });
    const sent = (text = token) => answer(() => check(access, { headers: { authorization: `Bearer ${text}` }, info }));
    expect(sent()).toMatchObject({ name: 'system:serviceaccount:default:builder', uid: builder.metadata.uid });
    expect(sent(`${token.slice(0, -2)}xx`)).toBe('401 Unauthorized');
    expect(sent(access.tokens.issue({ account: builder, audiences: ['vault'], expirationSeconds: 600 }))).toBe(
      '401 Unauthorized',
    );
    registry.delete(serviceAccounts, 'default', 'builder');
    expect(sent()).toBe('401 Unauthorized');
    const second = access.tokens.issue({ account: account('builder'), expirationSeconds: 600 });
    expect(sent()).toBe('401 Unauthorized');
    expect(sent(second)).toMatchObject({ name: 'system:serviceaccount:default:builder' });
    clock.advanceTo(clock.now() + 601_000);
    expect(sent(second)).toBe('401 Unauthorized');
  });
});
