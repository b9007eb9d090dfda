import { expect, test } from 'vitest';
import { type EndpointSlice, endpointSlices, SERVICE_NAME_LABEL } from '../api/discovery-v1/endpoint-slice.ts';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';
import { EndpointSliceLister } from './endpoint-slice-lister.ts';

const slice = (name: string, service?: string): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, namespace: 'default', ...(service && { labels: { [SERVICE_NAME_LABEL]: service } }) },
  addressType: 'IPv4',
  endpoints: [],
  ports: [],
});

test('slices by the Service of their label, from the start and through every change', () => {
  const { client } = new TestCluster();
  client.create(endpointSlices, slice('a', 'web'));
  const lister = new EndpointSliceLister(client);
  const names = (service: string) => [...lister.forService('default', service)].map(({ metadata }) => metadata.name);
  client.create(endpointSlices, slice('b', 'web'));
  client.create(endpointSlices, slice('c'));
  expect(names('web')).toEqual(['a', 'b']);
  const stored = client.get(endpointSlices, 'default', 'a');
  if (stored === undefined) throw new Error('not stored');
  client.update(endpointSlices, {
    ...stored,
    metadata: { ...stored.metadata, labels: { [SERVICE_NAME_LABEL]: 'api' } },
  });
  expect([names('web'), names('api')]).toEqual([['b'], ['a']]);
  client.delete(endpointSlices, 'default', 'b');
  expect(names('web')).toEqual([]);
  expect([...lister.forService('other', 'api')]).toEqual([]);
});
