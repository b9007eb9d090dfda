import { describe, expect, test } from 'vitest';
import { deployments } from '../../api/apps-v1/deployment.ts';
import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { type ConfigMap, configMaps } from '../../api/core-v1/config-map.ts';
import { pods } from '../../api/core-v1/pod.ts';
import { services } from '../../api/core-v1/service.ts';
import { endpointSlices } from '../../api/discovery-v1/endpoint-slice.ts';
import type { KubeObject, OwnerReference } from '../../apimachinery/object-meta.ts';
import { kubeControllers } from '../index.ts';
import { newDeployment, newPod, newService } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld, type World } from '../test/world.ts';

function startWeb() {
  const world = createWorld(kubeControllers());
  const kubelet = new ScriptedKubelet(world);
  world.client.create(deployments, newDeployment('web'));
  world.client.create(services, newService('web'));
  world.settle();
  kubelet.untilQuiet();
  const counts = () =>
    [deployments, replicaSets, pods].map((kind) => world.client.list<KubeObject>(kind as never).length);
  return { world, kubelet, counts };
}

function map(world: World, name: string, ownerReferences: OwnerReference[] = []): ConfigMap {
  return world.client.create(configMaps, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', ownerReferences },
  });
}

function owner({ apiVersion, kind, metadata }: KubeObject, more: Partial<OwnerReference> = {}): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', ...more };
}

const names = (world: World) => world.client.list(configMaps, 'default').map(({ metadata }) => metadata.name);

describe('deleting an owner', () => {
  test('in the background: it goes at once, all that it owned follows', () => {
    const { world, kubelet, counts } = startWeb();
    world.client.delete(deployments, 'default', 'web');
    expect(counts()).toEqual([0, 1, 3]);
    world.settle();
    expect(counts()).toEqual([0, 0, 3]);
    kubelet.remove();
    expect(counts()).toEqual([0, 0, 0]);
  });

  test('in the foreground: pods first, then the ReplicaSet, then the Deployment', () => {
    const { world, kubelet, counts } = startWeb();
    world.client.delete(deployments, 'default', 'web', { propagationPolicy: 'Foreground' });
    world.settle();
    expect(counts()).toEqual([1, 1, 3]);
    kubelet.remove();
    expect(counts()).toEqual([0, 0, 0]);
  });

  test('with Orphan: what it owned stays, without an owner', () => {
    const { world, counts } = startWeb();
    world.client.delete(deployments, 'default', 'web', { propagationPolicy: 'Orphan' });
    world.settle();
    expect(counts()).toEqual([0, 1, 3]);
    expect((world.client.list(replicaSets)[0] as ReplicaSet).metadata.ownerReferences).toBeUndefined();
    expect(world.client.list(pods)[0]?.metadata.ownerReferences).toHaveLength(1);
  });

  test('a Service takes its EndpointSlices along', () => {
    const { world } = startWeb();
    world.client.delete(services, 'default', 'web');
    world.settle();
    expect(world.client.list(endpointSlices).map(({ metadata }) => metadata.name)).toEqual(['kubernetes']);
  });
});

describe('owner references', () => {
  test('need no controller, and any kind may own any kind', () => {
    const world = createWorld(kubeControllers());
    const pod = world.client.create(pods, newPod('main'));
    map(world, 'child', [owner(pod)]);
    map(world, 'free');
    world.settle();
    world.client.delete(pods, 'default', 'main');
    world.settle();
    expect(names(world)).toEqual(['free']);
  });

  test('to something that never was, or was replaced under its name, do not hold', () => {
    const world = createWorld(kubeControllers());
    const parent = map(world, 'parent');
    map(world, 'child', [owner(parent, { uid: 'of-an-earlier-life' })]);
    world.settle();
    expect(names(world)).toEqual(['parent']);
  });

  test('one owner that stays is enough; the others are forgotten', () => {
    const world = createWorld(kubeControllers());
    const [going, staying] = [map(world, 'going'), map(world, 'staying')];
    map(world, 'child', [owner(going), owner(staying)]);
    world.settle();
    world.client.delete(configMaps, 'default', 'going');
    world.settle();
    expect(names(world)).toEqual(['staying', 'child']);
    expect(world.client.get(configMaps, 'default', 'child')?.metadata.ownerReferences).toEqual([owner(staying)]);
  });

  test('without blockOwnerDeletion do not hold up a foreground deletion', () => {
    const world = createWorld(kubeControllers());
    const parent = map(world, 'parent');
    const held = [owner(parent)];
    world.client.create(configMaps, {
      ...map(world, 'template'),
      metadata: { name: 'child', namespace: 'default', ownerReferences: held, finalizers: ['example.com/hold'] },
    });
    world.client.delete(configMaps, 'default', 'parent', { propagationPolicy: 'Foreground' });
    world.settle();
    expect(names(world)).toEqual(['template', 'child']);
    expect(world.client.get(configMaps, 'default', 'child')?.metadata.deletionTimestamp).toBeDefined();
  });

  test('of unknown kinds are left alone', () => {
    const world = createWorld(kubeControllers());
    map(world, 'child', [{ apiVersion: 'example.com/v1', kind: 'Thing', name: 'x', uid: 'x' }]);
    world.settle();
    expect(names(world)).toEqual(['child']);
  });

  test('that a cluster loaded with its objects brings along count too', () => {
    const world = createWorld([]);
    const parent = map(world, 'parent');
    map(world, 'child', [owner(parent)]);
    map(world, 'stray', [owner(parent, { uid: 'gone' })]);
    for (const controller of kubeControllers()) world.manager.add(controller);
    world.settle();
    expect(names(world)).toEqual(['parent', 'child']);
    world.client.delete(configMaps, 'default', 'parent');
    world.settle();
    expect(names(world)).toEqual([]);
  });
});
