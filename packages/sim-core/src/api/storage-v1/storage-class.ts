import { deepEqual } from '../../apimachinery/deep.ts';
import { forbidden, required } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkEnum, checkImmutable, checkQualifiedName } from '../checks.ts';
import { AGE, column } from '../columns.ts';
import { isDefaultClass } from './default-class.ts';

/** storage.k8s.io/v1 StorageClass; volumes are made for the classes of one provisioner. */
export interface StorageClass {
  apiVersion: 'storage.k8s.io/v1';
  kind: 'StorageClass';
  metadata: ObjectMeta;
  provisioner: string;
  parameters?: Record<string, string>;
  reclaimPolicy?: string;
  volumeBindingMode?: string;
  allowVolumeExpansion?: boolean;
  mountOptions?: string[];
  allowedTopologies?: unknown[];
}

export const storageClasses = defineKind<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  resource: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  namespaced: false,
  // pkg/apis/storage/v1/defaults.go SetDefaults_StorageClass
  setDefaults(storageClass) {
    storageClass.reclaimPolicy ||= 'Delete';
    storageClass.volumeBindingMode ||= 'Immediate';
  },
  validate: ({ provisioner, reclaimPolicy, volumeBindingMode }) => [
    ...(provisioner ? checkQualifiedName('provisioner', provisioner.toLowerCase()) : [required('provisioner')]),
    ...checkEnum('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']),
    ...checkEnum('volumeBindingMode', volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']),
  ],
  validateUpdate: (storageClass, old) => [
    ...(['parameters', 'provisioner', 'reclaimPolicy'] as const).flatMap((field) =>
      deepEqual(storageClass[field], old[field]) ? [] : [forbidden(field, `updates to ${field} are forbidden.`)],
    ),
    ...checkImmutable('volumeBindingMode', storageClass.volumeBindingMode, old.volumeBindingMode),
  ],
  columns: [
    column(
      'Name',
      (storageClass) => `${storageClass.metadata.name}${isDefaultClass(storageClass) ? ' (default)' : ''}`,
    ),
    column('Provisioner', ({ provisioner }) => provisioner),
    column('ReclaimPolicy', ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete'),
    column('VolumeBindingMode', ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate'),
    column('AllowVolumeExpansion', ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false),
    AGE,
  ],
});
