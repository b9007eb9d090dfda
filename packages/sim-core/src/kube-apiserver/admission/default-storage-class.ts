import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import { defaultStorageClass } from '../../api/storage-v1/default-class.ts';
import { type StorageClass, storageClasses } from '../../api/storage-v1/storage-class.ts';
import { groupResource } from '../../apimachinery/kind.ts';
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts';

/** A new claim that names no class gets the default one; '' names none on purpose (plugin/pkg/admission/storage/storageclass/setdefault). */
export const defaultStorageClassPlugin: AdmissionPlugin = Object.freeze({
  name: 'DefaultStorageClass',
  admit({ kind, object, operation, store }: AdmissionRequest): void {
    if (operation !== 'CREATE' || kind !== persistentVolumeClaims) return;
    const claim = object as PersistentVolumeClaim;
    if (claim.spec === undefined || claim.spec.storageClassName !== undefined) return;
    const classes = store.list(groupResource(storageClasses)) as StorageClass[];
    const name = defaultStorageClass(classes)?.metadata.name;
    if (name !== undefined) claim.spec = { ...claim.spec, storageClassName: name };
  },
});
