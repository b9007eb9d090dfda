import { expect, test } from 'vitest';
import { namespaces } from '../api/core-v1/namespace.ts';
import { services } from '../api/core-v1/service.ts';
import { createTestServer } from './test-server.ts';

test('a new cluster has its namespaces and the kubernetes Service on the first address', () => {
  const { store } = createTestServer();
  expect(store.list(namespaces.resource).map(({ metadata }) => metadata.name)).toEqual([
    'default',
    'kube-system',
    'kube-public',
    'kube-node-lease',
  ]);
  expect(store.get(services.resource, 'default', 'kubernetes')).toMatchObject({ spec: { clusterIP: '10.96.0.1' } });
  expect(store.get(namespaces.resource, '', 'default')).toMatchObject({
    metadata: { labels: { 'kubernetes.io/metadata.name': 'default' } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
});
