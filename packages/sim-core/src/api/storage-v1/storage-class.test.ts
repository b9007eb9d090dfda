import { expect, test } from 'vitest';
import { updateErrorsOf } from '../test-errors.ts';
import { type StorageClass, storageClasses } from './storage-class.ts';

const good: StorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'example.com/disks',
};

test('what a class is stays', () => {
  const to = (change: object): string[] =>
    updateErrorsOf(storageClasses, good, (storageClass) => Object.assign(storageClass, change));
  expect(to({ allowVolumeExpansion: true })).toEqual([]);
  expect(to({ provisioner: 'example.com/other', parameters: { a: 'b' }, reclaimPolicy: 'Retain' })).toEqual([
    'parameters: Forbidden: updates to parameters are forbidden.',
    'provisioner: Forbidden: updates to provisioner are forbidden.',
    'reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
  ]);
  expect(to({ volumeBindingMode: 'WaitForFirstConsumer' })).toEqual([
    'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
  ]);
});
