import { describe, expect, test } from 'vitest';
import { controllerRevisions } from '../../api/apps-v1/controller-revision.ts';
import { type StatefulSet, type StatefulSetSpec, statefulSets } from '../../api/apps-v1/stateful-set.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { Scheme } from '../../apimachinery/scheme.ts';
import { garbageCollectorController } from '../garbage-collector/garbage-collector.ts';
import { newStatefulSet, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { pvcProtectionController } from '../volume-protection/pvc-protection.ts';
import { statefulSetController } from './statefulset.ts';

const claimTemplate = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
} as Partial<PersistentVolumeClaim> as PersistentVolumeClaim;

function start(spec: Partial<StatefulSetSpec> = {}) {
  const kinds = [statefulSets, pods, persistentVolumeClaims, controllerRevisions];
  const world = createWorld([
    statefulSetController(),
    pvcProtectionController(),
    garbageCollectorController(new Scheme(kinds)),
  ]);
  const kubelet = new ScriptedKubelet(world);
  world.client.create(statefulSets, newStatefulSet('web', spec));
  world.settle();
  const get = () => world.client.get(statefulSets, 'default', 'web') as StatefulSet;
  const change = (changed: Partial<StatefulSetSpec>) => {
    world.client.update(statefulSets, { ...get(), spec: { ...get().spec, ...changed } });
    world.settle();
  };
  const list = () => world.client.list(pods);
  const names = () =>
    list()
      .map(({ metadata }) => metadata.name)
      .sort();
  const images = () =>
    Object.fromEntries(list().map(({ metadata, spec: { containers } }) => [metadata.name, containers[0]?.image]));
  const revisions = () => world.client.list(controllerRevisions).map(({ revision }) => revision);
  const claims = () => world.client.list(persistentVolumeClaims).map(({ metadata }) => metadata.name);
  return { world, kubelet, get, change, list, names, images, revisions, claims };
}

describe('a StatefulSet', () => {
  test('makes its pods one after the other, each with a name of its own', () => {
    const { world, kubelet, names, list, get } = start();
    expect(names()).toEqual(['web-0']);
    kubelet.run(1);
    expect(names()).toEqual(['web-0', 'web-1']);
    kubelet.run(1, false);
    expect(names()).toEqual(['web-0', 'web-1']);
    kubelet.untilQuiet();
    expect(names()).toEqual(['web-0', 'web-1', 'web-2']);
    const { currentRevision } = get().status ?? {};
    expect(list()[0]).toMatchObject({
      metadata: {
        generateName: 'web-',
        labels: {
          app: 'web',
          'apps.kubernetes.io/pod-index': '0',
          'controller-revision-hash': currentRevision,
          'statefulset.kubernetes.io/pod-name': 'web-0',
        },
        ownerReferences: [{ kind: 'StatefulSet', name: 'web', controller: true }],
      },
      spec: { hostname: 'web-0', subdomain: 'web' },
    });
    expect(world.told('SuccessfulCreate')[0]).toBe('SuccessfulCreate create Pod web-0 in StatefulSet web successful');
    expect(get().status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      availableReplicas: 3,
      collisionCount: 0,
      currentRevision: expect.stringMatching(/^web-[456789bcdf]{6,10}$/),
      updateRevision: currentRevision,
    });
    expect(world.failures).toEqual([]);
  });

  test('in parallel, from another first ordinal', () => {
    const { names } = start({ podManagementPolicy: 'Parallel', ordinals: { start: 5 } });
    expect(names()).toEqual(['web-5', 'web-6', 'web-7']);
  });

  test('is scaled down from the highest, each when the one before it has gone', () => {
    const { kubelet, change, names, list } = start();
    kubelet.untilQuiet();
    change({ replicas: 1 });
    const leaving = () => list().filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    expect(leaving().map(({ metadata }) => metadata.name)).toEqual(['web-2']);
    kubelet.remove();
    expect(leaving().map(({ metadata }) => metadata.name)).toEqual(['web-1']);
    kubelet.remove();
    expect(names()).toEqual(['web-0']);
  });

  test('replaces a pod that goes or ends, under its name', () => {
    const { world, kubelet, list, names } = start();
    kubelet.untilQuiet();
    const uid = list()[1]?.metadata.uid;
    world.client.delete(pods, 'default', 'web-1');
    kubelet.untilQuiet();
    kubelet.end(list()[0] as Pod, 'Failed');
    kubelet.untilQuiet();
    expect(names()).toEqual(['web-0', 'web-1', 'web-2']);
    expect(list().map(({ metadata }) => metadata.uid)).not.toContain(uid);
  });

  test('waits minReadySeconds before the next', () => {
    const { world, kubelet, names, get } = start({ minReadySeconds: 10 });
    kubelet.run(1);
    expect(names()).toEqual(['web-0']);
    expect(get().status).toMatchObject({ readyReplicas: 1, availableReplicas: 0 });
    world.advance(10_000);
    expect(names()).toEqual(['web-0', 'web-1']);
  });

  test('adopts a pod of its name and labels, no other', () => {
    const { world, kubelet, list } = start();
    kubelet.untilQuiet();
    world.client.delete(statefulSets, 'default', 'web', { propagationPolicy: 'Orphan' });
    world.settle();
    const uids = list().map(({ metadata }) => metadata.uid);
    expect(list().every(({ metadata }) => (metadata.ownerReferences ?? []).length === 0)).toBe(true);
    world.client.create(statefulSets, newStatefulSet('web'));
    kubelet.untilQuiet();
    expect(list().map(({ metadata }) => metadata.uid)).toEqual(uids);
    expect(list().every(({ metadata }) => metadata.ownerReferences?.[0]?.kind === 'StatefulSet')).toBe(true);
    expect(world.client.list(controllerRevisions)).toHaveLength(1);
  });
});

describe('an update', () => {
  const v2 = { template: podTemplate('web', 'web:2') };

  test('replaces pods from the highest, one at a time, and makes a revision', () => {
    const { kubelet, change, images, get, revisions } = start();
    kubelet.untilQuiet();
    change(v2);
    expect(get().status).toMatchObject({ currentReplicas: 2, replicas: 3 });
    expect(get().status?.updateRevision).not.toBe(get().status?.currentRevision);
    kubelet.remove();
    expect(images()).toEqual({ 'web-0': 'web:1', 'web-1': 'web:1', 'web-2': 'web:2' });
    expect(get().status).toMatchObject({ updatedReplicas: 1 });
    kubelet.untilQuiet();
    expect(images()).toEqual({ 'web-0': 'web:2', 'web-1': 'web:2', 'web-2': 'web:2' });
    expect(get().status?.currentRevision).toBe(get().status?.updateRevision);
    expect(revisions()).toEqual([1, 2]);
  });

  test('back to what was gives the old revision a new number', () => {
    const { kubelet, change, get, revisions } = start();
    kubelet.untilQuiet();
    const first = get().status?.currentRevision;
    change(v2);
    kubelet.untilQuiet();
    change({ template: podTemplate('web', 'web:1') });
    kubelet.untilQuiet();
    expect(get().status?.currentRevision).toBe(first);
    expect(revisions().sort()).toEqual([2, 3]);
  });

  test('stops at the partition; below it even new pods are old', () => {
    const { world, kubelet, change, images } = start();
    kubelet.untilQuiet();
    change({ ...v2, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
    kubelet.untilQuiet();
    world.client.delete(pods, 'default', 'web-0');
    kubelet.untilQuiet();
    expect(images()).toEqual({ 'web-0': 'web:1', 'web-1': 'web:1', 'web-2': 'web:2' });
  });

  test('OnDelete waits for somebody to delete pods', () => {
    const { world, kubelet, change, images } = start({ updateStrategy: { type: 'OnDelete' } });
    kubelet.untilQuiet();
    change(v2);
    kubelet.untilQuiet();
    world.client.delete(pods, 'default', 'web-1');
    kubelet.untilQuiet();
    expect(images()).toEqual({ 'web-0': 'web:1', 'web-1': 'web:2', 'web-2': 'web:1' });
  });

  test('keeps revisionHistoryLimit old revisions', () => {
    const { kubelet, change, revisions } = start({ replicas: 1, revisionHistoryLimit: 1 });
    for (let version = 2; version <= 5; version++) {
      kubelet.untilQuiet();
      change({ template: podTemplate('web', `web:${version}`) });
    }
    kubelet.untilQuiet();
    expect(revisions()).toEqual([4, 5]);
  });
});

describe('claims', () => {
  test('are made for each pod, and stay when it goes', () => {
    const { world, kubelet, change, claims, list } = start({ volumeClaimTemplates: [claimTemplate] });
    kubelet.untilQuiet();
    expect(claims()).toEqual(['data-web-0', 'data-web-1', 'data-web-2']);
    expect(list()[0]?.spec.volumes?.[0]).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'data-web-0' },
    });
    expect(world.told('SuccessfulCreate')).toContain(
      'SuccessfulCreate create Claim data-web-0 Pod web-0 in StatefulSet web success',
    );
    change({ replicas: 0 });
    kubelet.untilQuiet();
    expect(claims()).toHaveLength(3);
  });

  test('go with the pod or with the set where the retention policy says so', () => {
    const { world, kubelet, change, claims } = start({
      volumeClaimTemplates: [claimTemplate],
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
    });
    kubelet.untilQuiet();
    change({ replicas: 1 });
    kubelet.untilQuiet();
    expect(claims()).toEqual(['data-web-0']);
    world.client.delete(statefulSets, 'default', 'web', { propagationPolicy: 'Background' });
    world.settle();
    kubelet.remove();
    expect(claims()).toEqual([]);
  });
});
