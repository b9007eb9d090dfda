import { PROVISIONED_BY, STORAGE_PROVISIONER } from '../../api/core-v1/persistent-volume/annotations.ts';
import { type PersistentVolume, persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import { type StorageClass, storageClasses } from '../../api/storage-v1/storage-class.ts';
import { keyOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import type { Context, Controller } from '../../controller-runtime/controller.ts';
import { referenceTo } from './bind.ts';

/** The provisioner of the default StorageClass, as in kind. */
export const LOCAL_PATH = 'rancher.io/local-path';

/**
 * Makes volumes for claims of classes that name it (sigs.k8s.io/sig-storage-lib-external-provisioner, rancher/local-path-provisioner).
 * Deviation: its volumes are not tied to a node.
 */
export function localPathProvisionerController(): Controller {
  return { name: 'local-path-provisioner', component: LOCAL_PATH, for: persistentVolumeClaims, reconcile };
}

function reconcile({ namespace, name }: NamespacedName, { client, events }: Context): void {
  const claim = client.get(persistentVolumeClaims, namespace, name);
  if (claim?.metadata.annotations?.[STORAGE_PROVISIONER] !== LOCAL_PATH) return;
  if (claim.metadata.deletionTimestamp !== undefined || claim.spec?.volumeName) return;
  const storageClass = client.get(storageClasses, '', claim.spec?.storageClassName ?? '');
  const volumeName = `pvc-${claim.metadata.uid}`;
  if (storageClass === undefined || client.get(persistentVolumes, '', volumeName) !== undefined) return;
  const provisioning = `External provisioner is provisioning volume for claim "${keyOf(namespace, name)}"`;
  events.event(claim, 'Normal', 'Provisioning', provisioning);
  client.create(persistentVolumes, newVolume(volumeName, claim, storageClass));
  events.event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${volumeName}`);
}

function newVolume(name: string, claim: PersistentVolumeClaim, storageClass: StorageClass): PersistentVolume {
  const { namespace, name: claimName } = claim.metadata;
  const { accessModes = [], resources, volumeMode = 'Filesystem' } = claim.spec ?? {};
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [PROVISIONED_BY]: LOCAL_PATH } },
    spec: {
      capacity: { storage: resources?.requests?.['storage'] ?? '0' },
      accessModes,
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode,
      claimRef: referenceTo(claim),
      hostPath: {
        path: `/var/local-path-provisioner/${name}_${namespace}_${claimName}`,
        type: 'DirectoryOrCreate',
      },
    },
  };
}
