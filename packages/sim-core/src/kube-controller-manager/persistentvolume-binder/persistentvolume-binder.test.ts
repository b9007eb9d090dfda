import { describe, expect, test } from 'vitest';
import { SELECTED_NODE } from '../../api/core-v1/persistent-volume/annotations.ts';
import { type PersistentVolume, persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import { pods } from '../../api/core-v1/pod.ts';
import { storageClasses } from '../../api/storage-v1/storage-class.ts';
import { newPod } from '../test/objects.ts';
import { createWorld } from '../test/world.ts';
import { pvProtectionController } from '../volume-protection/pv-protection.ts';
import { pvcProtectionController } from '../volume-protection/pvc-protection.ts';
import { persistentVolumeClaimBinderController } from './claims.ts';
import { LOCAL_PATH, localPathProvisionerController } from './local-path-provisioner.ts';
import { persistentVolumeBinderController } from './volumes.ts';

function start() {
  const world = createWorld([
    persistentVolumeClaimBinderController(),
    localPathProvisionerController(),
    persistentVolumeBinderController(),
    pvcProtectionController(),
    pvProtectionController(),
  ]);
  const claim = () => world.client.get(persistentVolumeClaims, 'default', 'data') as PersistentVolumeClaim;
  const createClass = (name: string, volumeBindingMode: string, provisioner = LOCAL_PATH, isDefault = false) =>
    world.client.create(storageClasses, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(isDefault) } },
      provisioner,
      volumeBindingMode,
    });
  const createClaim = (spec: PersistentVolumeClaim['spec'] = {}) => {
    world.client.create(persistentVolumeClaims, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
    });
    world.settle();
  };
  const createVolume = (name: string, storage: string, spec: PersistentVolume['spec'] = {}) => {
    world.client.create(persistentVolumes, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/x' }, ...spec },
    });
    world.settle();
  };
  const phases = () =>
    Object.fromEntries(
      world.client.list(persistentVolumes).map(({ metadata, status }) => [metadata.name, status?.phase]),
    );
  return { world, claim, createClass, createClaim, createVolume, phases };
}

describe('a claim of a class', () => {
  test('gets a volume of its own, and takes it along when it goes', () => {
    const { world, claim, createClass, createClaim, phases } = start();
    createClass('fast', 'Immediate');
    createClaim({ storageClassName: 'fast' });
    const name = `pvc-${claim().metadata.uid}`;
    expect(claim()).toMatchObject({
      spec: { volumeName: name },
      status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
    });
    expect(phases()).toEqual({ [name]: 'Bound' });
    expect(world.eventsOf(claim()).map(({ reason }) => reason)).toEqual([
      'ExternalProvisioning',
      'Provisioning',
      'ProvisioningSucceeded',
    ]);
    world.client.delete(persistentVolumeClaims, 'default', 'data');
    world.settle();
    expect(phases()).toEqual({});
    expect(world.failures).toEqual([]);
  });

  test('that waits for its first consumer is bound once a node is selected', () => {
    const { world, claim, createClass, createClaim } = start();
    createClass('standard', 'WaitForFirstConsumer', LOCAL_PATH, true);
    createClaim();
    expect(claim()).toMatchObject({ spec: { storageClassName: 'standard' }, status: { phase: 'Pending' } });
    expect(world.told()).toEqual(['WaitForFirstConsumer waiting for first consumer to be created before binding']);
    const metadata = { ...claim().metadata, annotations: { [SELECTED_NODE]: 'n1' } };
    world.client.update(persistentVolumeClaims, { ...claim(), metadata });
    world.settle();
    expect(claim().status?.phase).toBe('Bound');
  });

  test('that is not there, or whose provisioner is not, waits and says why', () => {
    const { world, claim, createClass, createClaim } = start();
    createClaim({ storageClassName: 'gp2' });
    expect(world.told()).toEqual(['ProvisioningFailed storageclass.storage.k8s.io "gp2" not found']);
    createClass('gp2', 'Immediate', 'ebs.csi.aws.com');
    world.settle();
    expect(world.told()[1]).toMatch(
      /^ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'ebs\.csi\.aws\.com'/,
    );
    expect(claim().status?.phase).toBe('Pending');
  });
});

describe('a claim without a class', () => {
  test('takes the smallest volume that is large enough, also a later one', () => {
    const { world, claim, createClaim, createVolume, phases } = start();
    createVolume('small', '500Mi');
    createClaim({ storageClassName: '' });
    expect(world.told()).toEqual([
      'FailedBinding no persistent volumes available for this claim and no storage class is set',
    ]);
    createVolume('large', '5Gi', { storageClassName: 'other' });
    createVolume('medium', '2Gi');
    expect(claim()).toMatchObject({ spec: { volumeName: 'medium' }, status: { capacity: { storage: '2Gi' } } });
    expect(phases()).toEqual({ small: 'Available', large: 'Available', medium: 'Bound' });
  });

  test('leaves a volume behind that is to be retained, and is lost when the volume goes first', () => {
    const { world, claim, createClaim, createVolume, phases } = start();
    createVolume('medium', '2Gi');
    createClaim({ storageClassName: '' });
    world.client.delete(persistentVolumeClaims, 'default', 'data');
    world.settle();
    expect(phases()).toEqual({ medium: 'Released' });
    createVolume('other', '2Gi');
    createClaim({ storageClassName: '', volumeName: 'other' });
    expect(claim().status?.phase).toBe('Bound');
    const volume = world.client.get(persistentVolumes, '', 'other') as PersistentVolume;
    world.client.update(persistentVolumes, { ...volume, metadata: { ...volume.metadata, finalizers: [] } });
    world.client.delete(persistentVolumes, '', 'other');
    world.settle();
    expect(claim().status).toEqual({ phase: 'Lost' });
    expect(world.told('ClaimLost')).toHaveLength(1);
  });
});

test('a claim that a pod uses, and a volume that is bound, stay until they are free', () => {
  const { world, claim, createClass, createClaim, phases } = start();
  createClass('fast', 'Immediate');
  createClaim({ storageClassName: 'fast' });
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  world.client.create(pods, newPod('user', {}, { volumes }));
  world.client.delete(persistentVolumes, '', `pvc-${claim().metadata.uid}`);
  world.client.delete(persistentVolumeClaims, 'default', 'data');
  world.settle();
  expect(claim().metadata.deletionTimestamp).toBeDefined();
  expect(Object.values(phases())).toEqual(['Bound']);
  world.client.delete(pods, 'default', 'user', { gracePeriodSeconds: 0 });
  world.settle();
  expect(claim()).toBeUndefined();
  expect(phases()).toEqual({});
});
