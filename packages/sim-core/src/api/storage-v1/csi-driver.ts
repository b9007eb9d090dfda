import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';

/** storage.k8s.io/v1 CSIDriver; stored, no volume is mounted. */
export interface CSIDriver {
  apiVersion: 'storage.k8s.io/v1';
  kind: 'CSIDriver';
  metadata: ObjectMeta;
  spec: {
    attachRequired?: boolean;
    podInfoOnMount?: boolean;
    storageCapacity?: boolean;
    fsGroupPolicy?: string;
    requiresRepublish?: boolean;
    seLinuxMount?: boolean;
    volumeLifecycleModes?: string[];
    tokenRequests?: { audience: string; expirationSeconds?: number }[];
  };
}

export const csiDrivers = defineKind<CSIDriver>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  resource: 'csidrivers',
  singular: 'csidriver',
  namespaced: false,
  // pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver
  setDefaults(driver) {
    driver.spec ??= {};
    const { spec } = driver;
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
    spec.requiresRepublish ??= false;
    spec.seLinuxMount ??= false;
    if ((spec.volumeLifecycleModes ?? []).length === 0) spec.volumeLifecycleModes = ['Persistent'];
  },
  columns: [
    NAME,
    column('AttachRequired', ({ spec }) => spec.attachRequired ?? true),
    column('PodInfoOnMount', ({ spec }) => spec.podInfoOnMount ?? false),
    column('StorageCapacity', ({ spec }) => spec.storageCapacity ?? false),
    column('TokenRequests', ({ spec }) => audiences(spec)),
    column('RequiresRepublish', ({ spec }) => spec.requiresRepublish ?? false),
    column('Modes', ({ spec }) => spec.volumeLifecycleModes?.join(',') || '<none>'),
    AGE,
  ],
});

function audiences({ tokenRequests = [] }: CSIDriver['spec']): string {
  return tokenRequests.map(({ audience }) => audience).join(',') || '<unset>';
}
