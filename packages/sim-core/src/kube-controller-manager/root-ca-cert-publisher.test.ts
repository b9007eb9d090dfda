import { expect, test } from 'vitest';
import { configMaps } from '../api/core-v1/config-map.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { rootCACertPublisherController } from './root-ca-cert-publisher.ts';
import { createWorld } from './test/world.ts';

test('every namespace has the certificate authority, again after it was changed or deleted', () => {
  const { client, settle } = createWorld([rootCACertPublisherController('PEM')]);
  const published = (namespace: string) => client.get(configMaps, namespace, 'kube-root-ca.crt');
  expect(published('kube-system')?.data).toEqual({ 'ca.crt': 'PEM' });
  client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  settle();
  const configMap = published('shop');
  expect(configMap?.metadata.annotations?.['kubernetes.io/description']).toMatch(/^Contains a CA bundle/);
  if (configMap !== undefined) client.update(configMaps, { ...configMap, data: {} });
  settle();
  expect(published('shop')?.data).toEqual({ 'ca.crt': 'PEM' });
  client.delete(configMaps, 'shop', 'kube-root-ca.crt');
  settle();
  expect(published('shop')?.data).toEqual({ 'ca.crt': 'PEM' });
});
