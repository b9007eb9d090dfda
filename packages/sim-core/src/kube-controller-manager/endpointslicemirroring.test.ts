import { expect, test } from 'vitest';
import { type Endpoints, endpoints } from '../api/core-v1/endpoints.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices } from '../api/discovery-v1/endpoint-slice.ts';
import { kubeControllers } from './index.ts';
import { newService } from './test/objects.ts';
import { createWorld } from './test/world.ts';

function start() {
  const world = createWorld(kubeControllers());
  const slices = () =>
    world.client.list(endpointSlices, 'default').filter(({ metadata }) => metadata.name.startsWith('outside'));
  const set = (subsets: Endpoints['subsets']) => {
    const metadata = { name: 'outside', namespace: 'default', labels: { team: 'a' } };
    const object = { apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets && { subsets }) } as const;
    const old = world.client.get(endpoints, 'default', 'outside');
    if (old === undefined) world.client.create(endpoints, object);
    else world.client.update(endpoints, { ...old, ...(subsets && { subsets }) });
    world.settle();
  };
  const { selector: _none, ...spec } = newService('outside').spec;
  world.client.create(services, { ...newService('outside'), spec });
  world.settle();
  return { world, slices, set };
}

test('Endpoints that were written by hand become slices, and follow what changes', () => {
  const { slices, set, world } = start();
  set([{ addresses: [{ ip: '10.9.0.1' }, { ip: '10.9.0.2' }], ports: [{ port: 5432, name: 'db' }] }]);
  expect(slices()).toMatchObject([
    {
      metadata: {
        generateName: 'outside-',
        labels: {
          team: 'a',
          'kubernetes.io/service-name': 'outside',
          'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
        },
        ownerReferences: [{ kind: 'Endpoints', name: 'outside' }],
      },
      addressType: 'IPv4',
      endpoints: [
        { addresses: ['10.9.0.1'], conditions: { ready: true } },
        { addresses: ['10.9.0.2'], conditions: { ready: true } },
      ],
      ports: [{ name: 'db', port: 5432, protocol: 'TCP' }],
    },
  ]);
  const [first] = slices();
  set([{ notReadyAddresses: [{ ip: '10.9.0.1' }], ports: [{ port: 5432, name: 'db' }] }]);
  expect(slices()).toMatchObject([
    { metadata: { name: first?.metadata.name }, endpoints: [{ conditions: { ready: false } }] },
  ]);
  world.client.delete(endpoints, 'default', 'outside');
  world.settle();
  expect(slices()).toEqual([]);
});

test("not while the Service selects pods: then they are the controllers' own", () => {
  const { slices, set, world } = start();
  set([{ addresses: [{ ip: '10.9.0.1' }], ports: [{ port: 80 }] }]);
  const service = world.client.get(services, 'default', 'outside');
  if (service === undefined) throw new Error('the Service is there');
  world.client.update(services, { ...service, spec: { ...service.spec, selector: { app: 'x' } } });
  world.settle();
  const managers = slices().map(({ metadata }) => metadata.labels?.['endpointslice.kubernetes.io/managed-by']);
  expect(managers).not.toContain('endpointslicemirroring-controller.k8s.io');
});
