import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import type { ObjectReference } from './event.ts';
import { PERSISTENT_VOLUME_COLUMNS } from './persistent-volume/columns.ts';
import { validatePersistentVolume, validatePersistentVolumeUpdate } from './persistent-volume/validation.ts';
import { warnOfPersistentVolume } from './persistent-volume/warnings.ts';

/** core/v1 PersistentVolume. */
export interface PersistentVolume {
  apiVersion: 'v1';
  kind: 'PersistentVolume';
  metadata: ObjectMeta;
  spec?: PersistentVolumeSpec;
  status?: { phase?: string; message?: string; reason?: string; lastPhaseTransitionTime?: string };
}

export interface PersistentVolumeSpec {
  capacity?: Record<string, string>;
  accessModes?: string[];
  persistentVolumeReclaimPolicy?: string;
  storageClassName?: string;
  volumeMode?: string;
  volumeAttributesClassName?: string;
  claimRef?: ObjectReference;
  [source: string]: unknown;
}

export const persistentVolumes = defineKind<PersistentVolume>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  resource: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  namespaced: false,
  hasStatus: true,
  // pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolume
  setDefaults({ spec }) {
    if (spec === undefined) return;
    spec.persistentVolumeReclaimPolicy ||= 'Retain';
    spec.volumeMode ??= 'Filesystem';
  },
  prepareForCreate(volume) {
    volume.status = { phase: 'Pending' };
  },
  validate: validatePersistentVolume,
  validateUpdate: validatePersistentVolumeUpdate,
  warnings: warnOfPersistentVolume,
  columns: PERSISTENT_VOLUME_COLUMNS,
});
