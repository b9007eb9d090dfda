import { storageClasses } from '../api/storage-v1/storage-class.ts';
import type { Client } from '../client/client.ts';
import { LOCAL_PATH } from '../kube-controller-manager/persistentvolume-binder/local-path-provisioner.ts';

/** The StorageClass `standard` that claims get when they name none, as a cluster of kind has it. */
export function createDefaultStorageClass(client: Client): void {
  client.create(storageClasses, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: LOCAL_PATH,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}
