import { persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import { persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts';

const FINALIZERS = new Map<unknown, string>([
  [persistentVolumeClaims, 'kubernetes.io/pvc-protection'],
  [persistentVolumes, 'kubernetes.io/pv-protection'],
]);

/** New claims and volumes cannot go while they are in use: they get a finalizer (plugin/pkg/admission/storage/storageobjectinuseprotection). */
export const storageObjectInUseProtection: AdmissionPlugin = Object.freeze({
  name: 'StorageObjectInUseProtection',
  admit({ kind, object, operation }: AdmissionRequest): void {
    const finalizer = operation === 'CREATE' ? FINALIZERS.get(kind) : undefined;
    const { finalizers = [] } = object.metadata;
    if (finalizer === undefined || finalizers.includes(finalizer)) return;
    object.metadata = { ...object.metadata, finalizers: [...finalizers, finalizer] };
  },
});
