import { describe, expect, test } from 'vitest';
import { type Endpoints, endpoints } from '../api/core-v1/endpoints.ts';
import { pods } from '../api/core-v1/pod.ts';
import { type Service, type ServiceSpec, services } from '../api/core-v1/service.ts';
import { endpointsController } from './endpoints.ts';
import { newPod, newService } from './test/objects.ts';
import { ScriptedKubelet } from './test/scripted-kubelet.ts';
import { createWorld } from './test/world.ts';

function start(spec: Partial<ServiceSpec> = {}) {
  const world = createWorld([endpointsController()]);
  const kubelet = new ScriptedKubelet(world);
  world.client.create(services, newService('web', spec));
  world.settle();
  const get = () => world.client.get(endpoints, 'default', 'web') as Endpoints;
  const addPod = (name: string, portName?: string) => {
    const ports = portName === undefined ? [] : [{ name: portName, containerPort: 8080 }];
    world.client.create(pods, newPod(name, { app: 'web' }, { containers: [{ name: 'main', image: 'a', ports }] }));
    world.settle();
  };
  return { world, kubelet, get, addPod };
}

describe('an Endpoints object', () => {
  test('carries the name of its Service and lists ready and other pods', () => {
    const { kubelet, get, addPod, world } = start();
    expect(get()).toMatchObject({
      metadata: { labels: { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' } },
      subsets: [],
    });
    addPod('a');
    addPod('b');
    kubelet.run(1);
    kubelet.run(kubelet.starting(), false);
    const uid = world.client.get(pods, 'default', 'a')?.metadata.uid;
    expect(get().subsets).toMatchObject([
      {
        addresses: [
          { ip: '10.244.0.0', nodeName: 'node1', targetRef: { kind: 'Pod', namespace: 'default', name: 'a', uid } },
        ],
        notReadyAddresses: [{ ip: '10.244.0.1', targetRef: { name: 'b' } }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  test('forgets pods that are going, and goes with its Service', () => {
    const { kubelet, get, addPod, world } = start();
    addPod('a');
    kubelet.run(1);
    world.client.delete(pods, 'default', 'a');
    world.settle();
    expect(get().subsets).toEqual([]);
    world.client.delete(services, 'default', 'web');
    world.settle();
    expect(get()).toBeUndefined();
  });

  test('has a subset for the ports that the same pods have', () => {
    const { kubelet, get, addPod } = start({
      ports: [
        { name: 'all', port: 80, targetPort: 9000 },
        { name: 'more', port: 81, targetPort: 9001 },
        { name: 'some', port: 82, targetPort: 'http' },
      ],
    });
    addPod('with', 'http');
    addPod('without');
    kubelet.run(2);
    const rows = get().subsets?.map(({ addresses, ports }) => [
      ports?.map(({ name }) => name),
      addresses?.map(({ targetRef }) => targetRef?.name),
    ]);
    expect(rows).toEqual([
      [
        ['all', 'more'],
        ['with', 'without'],
      ],
      [['some'], ['with']],
    ]);
  });

  test('holds 1000 addresses at most, and says when it is cut', () => {
    const { kubelet, get, addPod } = start();
    for (let i = 0; i < 1001; i++) addPod(`p${i}`);
    kubelet.run(1001);
    expect(get().subsets?.[0]?.addresses).toHaveLength(1000);
    expect(get().metadata.annotations).toEqual({ 'endpoints.kubernetes.io/over-capacity': 'truncated' });
  });

  test('made by hand for a Service without a selector is left alone', () => {
    const { world } = start();
    world.client.create(services, {
      ...newService('db', { selector: undefined }),
      metadata: { name: 'db', namespace: 'default' },
    } as Service);
    const subsets = [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 5432 }] }];
    world.client.create(endpoints, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'db', namespace: 'default' },
      subsets,
    });
    world.settle();
    expect(world.client.get(endpoints, 'default', 'db')?.subsets?.[0]?.addresses).toEqual([{ ip: '192.0.2.1' }]);
  });
});
