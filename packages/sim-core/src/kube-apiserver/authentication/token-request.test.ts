import { describe, expect, test } from 'vitest';
import type { TokenRequest } from '../../api/authentication-v1/token-request.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { createAccessWorld } from '../authorization/test/access-world.ts';
import { readJwt } from './jwt.ts';
import { requestToken } from './token-request.ts';

function requesting() {
  const world = createAccessWorld();
  const { store, clock, access, registry } = world;
  const builder = world.account('builder');
  const pod = registry.create(
    pods,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { serviceAccountName: 'builder', containers: [{ name: 'web', image: 'nginx' }] },
    } as Pod,
    { user: 'x' },
  );
  return {
    ...world,
    builder,
    pod,
    request: (spec: TokenRequest['spec'] = {}, name = 'builder', metadata: object = {}) =>
      requestToken(
        { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: metadata as never, spec },
        { namespace: 'default', name },
        { store, clock, tokens: access.tokens },
      ),
  };
}

test('a token has three parts and the claims of a real one', () => {
  const { request, builder } = requesting();
  const { spec, status, metadata } = request();
  expect(metadata).toMatchObject({ name: 'builder', namespace: 'default' });
  expect(spec).toEqual({ audiences: ['https://kubernetes.default.svc.cluster.local'], expirationSeconds: 3600 });
  expect(status?.expirationTimestamp).toBe('2026-01-01T01:00:00Z');
  expect(status?.token.split('.')).toHaveLength(3);
  const now = Date.UTC(2026, 0, 1) / 1000;
  expect(readJwt(status?.token ?? '')).toEqual({
    aud: ['https://kubernetes.default.svc.cluster.local'],
    exp: now + 3600,
    iat: now,
    iss: 'https://kubernetes.default.svc.cluster.local',
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'builder', uid: builder.metadata.uid } },
    nbf: now,
    sub: 'system:serviceaccount:default:builder',
  });
});

describe('a token of a pod', () => {
  test('stops with it', () => {
    const { request, pod, access, registry } = requesting();
    const { status } = request({ boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'web' } });
    expect(access.tokens.authenticate(status?.token ?? '')).toMatchObject({
      user: { extra: { 'authentication.kubernetes.io/pod-name': ['web'] } },
    });
    registry.delete(pods, 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
    expect(access.tokens.authenticate(status?.token ?? '')).toEqual({ error: 'pods "web" not found' });
  });

  test('as its kubelet asks for it lives a year', () => {
    const { access, pod } = requesting();
    const claims = readJwt(access.tokens.issueForPod(pod) ?? '') as { exp: number; iat: number };
    expect(claims.exp - claims.iat).toBe(365 * 24 * 3600);
    expect(claims).toMatchObject({ 'kubernetes.io': { pod: { name: 'web' }, warnafter: claims.iat + 3607 } });
    const gone = { ...pod, spec: { ...pod.spec, serviceAccountName: 'gone' } };
    expect(access.tokens.issueForPod(gone)).toBeUndefined();
  });
});

describe('refused are', () => {
  const { request, account } = requesting();
  account('other');

  test('lifetimes out of bounds', () => {
    expect(() => request({ expirationSeconds: 60 })).toThrow(
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    );
    expect(() => request({ expirationSeconds: 2 ** 33 })).toThrow(
      'may not specify a duration larger than 2^32 seconds',
    );
  });

  test('accounts that are not there, or others than that of the URL', () => {
    expect(() => request({}, 'nobody')).toThrow('serviceaccounts "nobody" not found');
    expect(() => request({}, 'builder', { name: 'other' })).toThrow(
      'TokenRequest.authentication.k8s.io "builder" is invalid: metadata.name: Invalid value: "other": must match the service account name if specified',
    );
  });

  test('objects that cannot be bound', () => {
    const bound = (kind: string, more = {}, name = 'builder') =>
      request({ boundObjectRef: { apiVersion: 'v1', kind, name: 'web', ...more } }, name);
    expect(() => bound('Pod', {}, 'other')).toThrow(
      'cannot bind token for serviceaccount "other" to pod running with different serviceaccount name.',
    );
    expect(() => bound('Secret')).toThrow('secrets "web" not found');
    expect(() => bound('Service')).toThrow('cannot bind token to object of type /v1, Kind=Service');
    expect(() => bound('Pod', { uid: '1' })).toThrow(
      'Operation cannot be fulfilled on Pod "web": the UID in the bound object reference (1) does not match the UID in record. The object might have been deleted and then recreated',
    );
  });
});
