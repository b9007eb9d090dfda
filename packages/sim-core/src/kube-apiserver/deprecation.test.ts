import { expect, test } from 'vitest';
import { createApiClient } from './testing/api-client.ts';

const WARNING = '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"';

test('who asks for a deprecated kind is warned, whatever is asked', async () => {
  const { ask } = createApiClient();
  const list = await ask('GET', '/api/v1/namespaces/default/endpoints');
  const created = await ask('POST', '/api/v1/namespaces/default/endpoints', { metadata: { name: 'mine' } });
  expect([list.headers.warning, created.headers.warning]).toEqual([WARNING, WARNING]);
  expect((await ask('GET', '/api/v1/namespaces/default/services')).headers.warning).toBeUndefined();
});

test('the API server is an endpoint of its own Service, in both forms', async () => {
  const { ask } = createApiClient();
  const { body } = await ask('GET', '/api/v1/namespaces/default/endpoints/kubernetes');
  expect(body.subsets).toEqual([
    { addresses: [{ ip: '10.0.0.10' }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] },
  ]);
  const slices = await ask('GET', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices');
  expect(slices.body.items).toHaveLength(1);
});
