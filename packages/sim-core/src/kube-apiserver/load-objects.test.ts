import { expect, test } from 'vitest';
import { namespaces } from '../api/core-v1/namespace.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import { loadObjects } from './load-objects.ts';
import { createTestServer } from './test-server.ts';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: '00000000-0000-4000-8000-000000000001',
    creationTimestamp: '2020-01-01T00:00:00Z',
    resourceVersion: '77',
  },
  spec: { clusterIP: '10.96.9.9', ports: [{ port: 80 }] },
  status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
};

test('uid, age, status and addresses are the ones that were recorded', () => {
  const server = createTestServer();
  const [loaded] = loadObjects(server, [service]);
  expect(loaded).toMatchObject({ ...service, metadata: { ...service.metadata, resourceVersion: expect.any(String) } });
  expect(loaded?.metadata.resourceVersion).not.toBe('77');
  expect((loaded as KubeObject as Service).spec.ports?.[0]?.targetPort).toBe(80);
  expect(server.store.get(namespaces.resource, '', 'shop')).toMatchObject({ status: { phase: 'Active' } });
});

test('what was not recorded is filled in, and addresses that are taken are given to nobody else', () => {
  const server = createTestServer();
  const { uid: _uid, ...metadata } = service.metadata;
  const [first] = loadObjects(server, [{ ...service, metadata }]);
  expect(first?.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
  const other = { ...service, metadata: { name: 'other', namespace: 'shop' } } as Service;
  expect(() => server.registry.create(services, other, { user: 'admin' })).toThrow('provided IP is already allocated');
});

test('admission and validation are not asked', () => {
  const server = createTestServer();
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
    spec: { ingressClassName: 'missing', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };
  loadObjects(server, [ingress]);
  expect(server.store.get('ingresses.networking.k8s.io', 'default', 'web')).toMatchObject({ spec: ingress.spec });
  expect(ingresses.resource).toBe('ingresses');
});

test('what cannot be read is refused', () => {
  const { registry, store, codec } = createTestServer();
  expect(() => loadObjects({ registry, store, codec }, [{ ...service, spec: { ports: 3 } }])).toThrow(StatusError);
});
