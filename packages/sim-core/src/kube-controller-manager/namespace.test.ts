import { describe, expect, test } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { configMaps } from '../api/core-v1/config-map.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { pods } from '../api/core-v1/pod.ts';
import { serviceAccounts } from '../api/core-v1/service-account.ts';
import { findCondition } from '../apimachinery/condition.ts';
import { kubeControllers } from './index.ts';
import { newDeployment } from './test/objects.ts';
import { ScriptedKubelet } from './test/scripted-kubelet.ts';
import { createWorld } from './test/world.ts';

function start() {
  const world = createWorld(kubeControllers());
  const kubelet = new ScriptedKubelet(world);
  world.client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  world.settle();
  const get = () => world.client.get(namespaces, '', 'shop');
  const condition = (type: string) => findCondition(get()?.status?.conditions, type);
  return { world, kubelet, get, condition };
}

describe('a namespace', () => {
  test('has its default service account, and gets it back', () => {
    const { world } = start();
    expect(world.client.get(serviceAccounts, 'shop', 'default')).toBeDefined();
    world.client.delete(serviceAccounts, 'shop', 'default');
    world.settle();
    expect(world.client.get(serviceAccounts, 'shop', 'default')).toBeDefined();
  });

  test('goes when all that is in it has gone, and says what it waits for', () => {
    const { world, kubelet, get, condition } = start();
    world.client.create(deployments, { ...newDeployment('web'), metadata: { name: 'web', namespace: 'shop' } });
    world.settle();
    kubelet.untilQuiet();
    world.client.delete(namespaces, '', 'shop');
    world.settle();
    expect(get()?.status?.phase).toBe('Terminating');
    expect(condition('NamespaceContentRemaining')).toMatchObject({
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: 'Some resources are remaining: pods. has 3 resource instances',
    });
    expect(condition('NamespaceFinalizersRemaining')?.status).toBe('False');
    kubelet.remove();
    expect(get()).toBeUndefined();
    expect(world.client.list(pods, 'shop')).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('is held by a finalizer of something in it', () => {
    const { world, get, condition } = start();
    const metadata = { name: 'held', namespace: 'shop', finalizers: ['example.com/hold'] };
    world.client.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    world.client.delete(namespaces, '', 'shop');
    world.settle();
    expect(condition('NamespaceFinalizersRemaining')?.message).toBe(
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    );
    const held = world.client.get(configMaps, 'shop', 'held');
    if (held !== undefined)
      world.client.update(configMaps, { ...held, metadata: { ...held.metadata, finalizers: [] } });
    world.settle();
    expect(get()).toBeUndefined();
  });

  test('that is empty goes at once', () => {
    const { world, get } = start();
    world.client.delete(namespaces, '', 'shop');
    world.settle();
    expect(get()).toBeUndefined();
  });
});
