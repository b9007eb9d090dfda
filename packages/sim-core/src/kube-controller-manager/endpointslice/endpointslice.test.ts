import { describe, expect, test } from 'vitest';
import { nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type Service, type ServiceSpec, services } from '../../api/core-v1/service.ts';
import { type Endpoint, type EndpointSlice, endpointSlices } from '../../api/discovery-v1/endpoint-slice.ts';
import { newNode, newPod, newService } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { endpointSliceController } from './endpointslice.ts';

function start(spec: Partial<ServiceSpec> = {}, labels: Record<string, string> = {}) {
  const world = createWorld([endpointSliceController()]);
  const kubelet = new ScriptedKubelet(world);
  const service = world.client.create(services, {
    ...newService('web', spec),
    metadata: { name: 'web', namespace: 'default', labels },
  });
  world.settle();
  const slices = () => world.client.listControlledBy(endpointSlices, service);
  const endpoints = () => slices().flatMap((slice) => slice.endpoints);
  const addPods = (count: number, from = 0) => {
    for (let i = from; i < from + count; i++) world.client.create(pods, newPod(`web-${i}`, { app: 'web' }));
    world.settle();
  };
  const remove = (name: string) => {
    world.client.delete(pods, 'default', name);
    world.settle();
  };
  return { world, kubelet, service, slices, endpoints, addPods, remove };
}

const state = ({ conditions }: Endpoint) => [conditions?.ready, conditions?.serving, conditions?.terminating];
const lengths = (slices: readonly EndpointSlice[]) => slices.map(({ endpoints }) => endpoints.length);

describe('an EndpointSlice', () => {
  test('has the shape of a real one', () => {
    const { kubelet, addPods, slices, service, world } = start({}, { team: 'a' });
    world.client.create(nodes, newNode('node1', { labels: { 'topology.kubernetes.io/zone': 'us-east-1a' } }));
    addPods(1);
    kubelet.run(1);
    const [slice] = slices() as [EndpointSlice];
    expect(slice.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(slice.metadata).toMatchObject({
      generateName: 'web-',
      labels: {
        team: 'a',
        'kubernetes.io/service-name': 'web',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          name: 'web',
          uid: service.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
    const pod = world.client.get(pods, 'default', 'web-0') as Pod;
    expect(slice).toMatchObject({ addressType: 'IPv4', ports: [{ name: '', port: 8080, protocol: 'TCP' }] });
    expect(slice.endpoints).toEqual([
      {
        addresses: ['10.244.0.0'],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: 'node1',
        zone: 'us-east-1a',
        targetRef: { kind: 'Pod', namespace: 'default', name: 'web-0', uid: pod.metadata.uid },
      },
    ]);
  });

  test('follows its pod: no address, not ready, ready, terminating, gone', () => {
    const { kubelet, addPods, endpoints, remove, world } = start();
    addPods(1);
    expect(endpoints()).toEqual([]);
    kubelet.run(1, false);
    expect(endpoints().map(state)).toEqual([[false, false, false]]);
    kubelet.run(1);
    expect(endpoints().map(state)).toEqual([[true, true, false]]);
    remove('web-0');
    expect(endpoints().map(state)).toEqual([[false, true, true]]);
    kubelet.remove();
    expect(endpoints()).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('is there, empty, when nothing is selected, and one is enough', () => {
    const { kubelet, addPods, slices, remove } = start();
    expect(slices()).toMatchObject([{ endpoints: [], ports: [] }]);
    const [{ metadata }] = slices() as [EndpointSlice];
    addPods(1);
    kubelet.run(1);
    remove('web-0');
    kubelet.remove();
    expect(slices()).toMatchObject([{ metadata: { name: metadata.name }, endpoints: [], ports: [] }]);
  });

  test('leaves out pods that have ended', () => {
    const { kubelet, addPods, endpoints, world } = start();
    addPods(2);
    kubelet.run(2);
    kubelet.end(world.client.get(pods, 'default', 'web-0') as Pod, 'Failed');
    expect(endpoints().map(({ targetRef }) => targetRef?.name)).toEqual(['web-1']);
  });
});

describe('what a Service asks for', () => {
  test('publishNotReadyAddresses makes ready, not serving', () => {
    const { kubelet, addPods, endpoints, remove } = start({ publishNotReadyAddresses: true });
    addPods(1);
    kubelet.run(1, false);
    expect(endpoints().map(state)).toEqual([[true, false, false]]);
    remove('web-0');
    expect(endpoints().map(state)).toEqual([[true, false, true]]);
  });

  test('headless is a label; pods with hostname and subdomain are named', () => {
    const { kubelet, slices, endpoints, world } = start({ clusterIP: 'None' });
    world.client.create(pods, newPod('db-0', { app: 'web' }, { hostname: 'db-0', subdomain: 'web' }));
    kubelet.run(1);
    expect(slices()[0]?.metadata.labels).toHaveProperty(['service.kubernetes.io/headless'], '');
    expect(endpoints()[0]?.hostname).toBe('db-0');
  });

  test('a named target port is looked up on each pod', () => {
    const { kubelet, slices, world } = start({ ports: [{ name: 'web', port: 80, targetPort: 'http' }] });
    const withPort = (name: string, port?: number) => {
      const ports = port === undefined ? [] : [{ name: 'http', containerPort: port }];
      world.client.create(pods, newPod(name, { app: 'web' }, { containers: [{ name: 'main', image: 'a', ports }] }));
    };
    withPort('old', 8080);
    withPort('new', 9090);
    withPort('none');
    kubelet.run(3);
    const rows = slices().map(({ ports, endpoints }) => [
      ports.map(({ port }) => port),
      endpoints.map(({ targetRef }) => targetRef?.name),
    ]);
    expect(rows.sort()).toEqual([
      [[], ['none']],
      [[8080], ['old']],
      [[9090], ['new']],
    ]);
  });

  test('without a selector, and for an ExternalName, nothing is made', () => {
    expect(start({ selector: undefined }).slices()).toEqual([]);
    expect(start({ type: 'ExternalName', externalName: 'example.com', ports: undefined }).slices()).toEqual([]);
  });

  test('a changed selector, port or label reaches the slices', () => {
    const { kubelet, addPods, slices, endpoints, world } = start();
    addPods(1);
    kubelet.run(1);
    const change = (changed: Partial<ServiceSpec>, labels: Record<string, string>) => {
      const newest = world.client.get(services, 'default', 'web') as Service;
      world.client.update(services, {
        ...newest,
        metadata: { ...newest.metadata, labels },
        spec: { ...newest.spec, ...changed },
      });
      world.settle();
    };
    change({ ports: [{ port: 80, targetPort: 9999 }] }, { team: 'b' });
    expect(slices()).toMatchObject([{ metadata: { labels: { team: 'b' } }, ports: [{ port: 9999 }] }]);
    change({ selector: { app: 'typo' } }, { team: 'b' });
    expect(endpoints()).toEqual([]);
  });

  test('a slice that is deleted or changed by hand comes back', () => {
    const { kubelet, addPods, slices, endpoints, world } = start();
    addPods(1);
    kubelet.run(1);
    const [slice] = slices() as [EndpointSlice];
    world.client.update(endpointSlices, { ...slice, endpoints: [] });
    world.settle();
    expect(endpoints()).toHaveLength(1);
    world.client.delete(endpointSlices, 'default', slices()[0]?.metadata.name ?? '');
    world.settle();
    expect(endpoints()).toHaveLength(1);
  });
});

describe('many pods', () => {
  test('fill slices of 100', () => {
    const { kubelet, addPods, slices } = start();
    addPods(250);
    kubelet.run(250);
    expect(lengths(slices())).toEqual([100, 100, 50]);
  });

  test('slices that do not change are not written', () => {
    const { kubelet, addPods, slices, world } = start();
    addPods(250);
    kubelet.run(250);
    const before = slices().map(({ metadata }) => metadata.resourceVersion);
    const target = slices()[1]?.endpoints[0]?.targetRef?.name ?? '';
    kubelet.run([world.client.get(pods, 'default', target) as Pod], false);
    const after = slices().map(({ metadata }) => metadata.resourceVersion);
    expect(after.map((version, index) => version === before[index])).toEqual([true, false, true]);
  });

  test('new ones go into the slice that they fill best; nothing is rebalanced', () => {
    const { kubelet, addPods, slices, remove } = start();
    addPods(150);
    kubelet.run(150);
    const leaving =
      slices()[0]
        ?.endpoints.slice(0, 30)
        .map(({ targetRef }) => targetRef?.name ?? '') ?? [];
    for (const name of leaving) remove(name);
    kubelet.remove();
    expect(lengths(slices())).toEqual([70, 50]);
    addPods(20, 200);
    kubelet.run(20);
    expect(lengths(slices())).toEqual([90, 50]);
  });

  test('an emptied slice goes', () => {
    const { kubelet, addPods, slices, remove } = start();
    addPods(101);
    kubelet.run(101);
    remove(slices()[1]?.endpoints[0]?.targetRef?.name ?? '');
    kubelet.remove();
    expect(lengths(slices())).toEqual([100]);
  });
});
