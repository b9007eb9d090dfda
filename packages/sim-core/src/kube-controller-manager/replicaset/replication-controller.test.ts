import { expect, test } from 'vitest';
import { pods } from '../../api/core-v1/pod.ts';
import { type ReplicationController, replicationControllers } from '../../api/core-v1/replication-controller.ts';
import { newPod, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { replicationController } from './replicaset.ts';

test('a ReplicationController keeps its pods as a ReplicaSet does, under its own name', () => {
  const world = createWorld([replicationController()]);
  const kubelet = new ScriptedKubelet(world);
  world.client.create(pods, newPod('early', { app: 'web' }));
  world.client.create(replicationControllers, {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 3, template: podTemplate('web') },
  });
  world.settle();
  const get = () => world.client.get(replicationControllers, 'default', 'web') as ReplicationController;
  expect(get().spec.selector).toEqual({ app: 'web' });
  expect(get().metadata.labels).toEqual({ app: 'web' });
  kubelet.untilQuiet();
  expect(get().status).toMatchObject({ replicas: 3, readyReplicas: 3, fullyLabeledReplicas: 3 });
  const owned = world.client.listControlledBy(pods, get());
  expect(owned.map(({ metadata }) => metadata.name)).toContain('early');
  expect(owned[0]?.metadata.ownerReferences).toMatchObject([{ apiVersion: 'v1', kind: 'ReplicationController' }]);
  world.client.update(replicationControllers, { ...get(), spec: { ...get().spec, replicas: 1 } });
  world.settle();
  kubelet.untilQuiet();
  expect(get().status).toMatchObject({ replicas: 1 });
  expect(world.told('SuccessfulDelete')).toHaveLength(2);
});
