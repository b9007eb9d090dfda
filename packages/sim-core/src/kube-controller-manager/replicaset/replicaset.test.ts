import { describe, expect, test } from 'vitest';
import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { serviceAccounts } from '../../api/core-v1/service-account.ts';
import { controllerOf } from '../../apimachinery/object-meta.ts';
import { newPod, newReplicaSet, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { replicaSetController } from './replicaset.ts';

function start(spec: Partial<ReplicaSet['spec']> = {}, before: readonly Pod[] = []) {
  const world = createWorld([replicaSetController()]);
  const kubelet = new ScriptedKubelet(world);
  for (const pod of before) world.client.create(pods, pod);
  world.client.create(replicaSets, newReplicaSet('web', spec));
  world.settle();
  const get = () => world.client.get(replicaSets, 'default', 'web') as ReplicaSet;
  const scale = (replicas: number) => {
    world.client.update(replicaSets, { ...get(), spec: { ...get().spec, replicas } });
    world.settle();
  };
  const owned = () => world.client.listControlledBy(pods, get());
  return { world, kubelet, get, scale, owned };
}

describe('a ReplicaSet', () => {
  test('makes pods of its template, and tells', () => {
    const { world, owned } = start();
    const [pod] = owned() as [Pod];
    expect(owned()).toHaveLength(3);
    expect(pod.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(pod.metadata).toMatchObject({ generateName: 'web-', labels: { app: 'web' } });
    expect(controllerOf(pod)).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'web',
      blockOwnerDeletion: true,
    });
    expect(world.told('SuccessfulCreate').sort()).toEqual(
      owned()
        .map(({ metadata }) => `SuccessfulCreate Created pod: ${metadata.name}`)
        .sort(),
    );
  });

  test('counts active, ready and available pods', () => {
    const { kubelet, get } = start();
    kubelet.run(2);
    expect(get().status).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 2,
      availableReplicas: 2,
      observedGeneration: 1,
    });
  });

  test('replaces a pod that is deleted or has failed', () => {
    const { world, kubelet, owned, get } = start();
    kubelet.untilQuiet();
    const [first, second] = owned() as [Pod, Pod];
    world.client.delete(pods, 'default', first.metadata.name);
    world.settle();
    kubelet.end(second, 'Failed');
    expect(get().status?.replicas).toBe(3);
    expect(owned()).toHaveLength(5);
  });

  test('takes the pods that matter least when it is scaled down', () => {
    const { kubelet, owned, scale, world, get } = start();
    kubelet.run(1);
    const [ready] = owned() as [Pod];
    scale(1);
    kubelet.remove();
    expect(owned().map(({ metadata }) => metadata.name)).toEqual([ready.metadata.name]);
    expect(world.told('SuccessfulDelete')).toHaveLength(2);
    expect(get().status).toMatchObject({ replicas: 1, readyReplicas: 1 });
  });

  test('does nothing while it is being deleted', () => {
    const { world, get, owned } = start();
    world.client.delete(replicaSets, 'default', 'web', { propagationPolicy: 'Foreground' });
    for (const { metadata } of owned()) world.client.delete(pods, 'default', metadata.name);
    world.settle();
    expect(get().status?.replicas).toBe(0);
  });
});

describe('minReadySeconds', () => {
  test('a pod is available only after having been ready so long, without any further event', () => {
    const { world, kubelet, get } = start({ replicas: 2, minReadySeconds: 10 });
    kubelet.run(1);
    world.advance(5000);
    kubelet.run(1);
    world.advance(5000);
    expect(get().status).toMatchObject({ readyReplicas: 2, availableReplicas: 1 });
    world.advance(5000);
    expect(get().status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
  });
});

describe('whose pods they are', () => {
  test('orphans that it selects are adopted, also later ones, and too many are deleted', () => {
    const { world, owned } = start({ replicas: 2 }, [
      newPod('early', { app: 'web' }),
      newPod('foreign', { app: 'api' }),
    ]);
    expect(owned().map(({ metadata }) => metadata.name)).toContain('early');
    expect(owned()).toHaveLength(2);
    world.client.create(pods, newPod('late', { app: 'web' }));
    world.settle();
    expect(owned()).toHaveLength(2);
    expect(controllerOf(world.client.get(pods, 'default', 'foreign') as Pod)).toBeUndefined();
  });

  test('a pod whose labels are changed is let go and replaced; with the labels back it comes home', () => {
    const { world, owned } = start({ replicas: 1 });
    const [pod] = owned() as [Pod];
    const label = (labels: Record<string, string>) => {
      const newest = world.client.get(pods, 'default', pod.metadata.name) as Pod;
      world.client.update(pods, { ...newest, metadata: { ...newest.metadata, labels } });
      world.settle();
    };
    label({ app: 'debug' });
    expect(controllerOf(world.client.get(pods, 'default', pod.metadata.name) as Pod)).toBeUndefined();
    expect(owned()).toHaveLength(1);
    label({ app: 'web' });
    expect(owned()).toHaveLength(1);
  });

  test('of two ReplicaSets each keeps its own', () => {
    const { world, owned } = start({ replicas: 2 });
    world.client.create(
      replicaSets,
      newReplicaSet('same', { selector: { matchLabels: { app: 'web' } }, template: podTemplate('web') }),
    );
    world.settle();
    expect(owned()).toHaveLength(2);
    expect(world.client.list(pods)).toHaveLength(5);
  });
});

describe('when pods are refused', () => {
  test('it says why once, tries again later, and recovers', () => {
    const template = { ...podTemplate('web'), spec: { ...podTemplate('web').spec, serviceAccountName: 'nobody' } };
    const { world, get, owned } = start({ template });
    const message = 'error looking up service account default/nobody: serviceaccount "nobody" not found';
    expect(get().status?.conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' },
    ]);
    expect(get().status?.conditions?.[0]?.message).toContain(message);
    expect(world.told('FailedCreate')[0]).toContain(message);
    world.client.create(serviceAccounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'nobody', namespace: 'default' },
    });
    world.advance(60_000);
    expect(owned()).toHaveLength(3);
    expect(get().status?.conditions).toBeUndefined();
  });
});
