import { expect, test } from 'vitest';
import { services } from '../../api/core-v1/service.ts';
import { TestCluster } from '../../kubelet/testing/test-cluster.ts';
import { Resolver } from './resolver.ts';

const from = { ip: '10.244.0.9', namespace: 'default', hosts: new Map([['me', '10.244.0.9']]) };

function start() {
  const cluster = new TestCluster();
  cluster.service('web', { clusterIP: '10.96.0.10' });
  return {
    cluster,
    resolver: new Resolver({ client: cluster.client, slices: cluster.slices, externalHosts: cluster.externalHosts }),
  };
}

test('what was found holds until the store changes', () => {
  const { cluster, resolver } = start();
  expect([resolver.lookup(from, 'web'), resolver.lookup(from, 'web')]).toEqual(['10.96.0.10', '10.96.0.10']);
  cluster.client.delete(services, 'default', 'web');
  expect(resolver.lookup(from, 'web')).toBeUndefined();
  cluster.service('web', { clusterIP: '10.96.0.11' });
  expect(resolver.lookup(from, 'web')).toBe('10.96.0.11');
});

test('each namespace has its own answers, and each pod its own name', () => {
  const { resolver } = start();
  expect(resolver.lookup(from, 'web')).toBe('10.96.0.10');
  expect(resolver.lookup({ ip: '10.244.0.8', namespace: 'shop' }, 'web')).toBeUndefined();
  expect(resolver.lookup({ ip: '10.244.0.8', namespace: 'shop' }, 'web.default')).toBe('10.96.0.10');
  expect(resolver.lookup(from, 'me')).toBe('10.244.0.9');
  expect(resolver.lookup({ ...from, ip: '10.244.0.7', hosts: new Map([['me', '10.244.0.7']]) }, 'me')).toBe(
    '10.244.0.7',
  );
});

test('a name outside that comes later is found', () => {
  const { cluster, resolver } = start();
  expect(resolver.lookup(from, 'api.example.com')).toBeUndefined();
  cluster.externalHosts.add('api.example.com:80', {});
  expect(resolver.lookup(from, 'api.example.com')).toBe('203.0.113.1');
});
