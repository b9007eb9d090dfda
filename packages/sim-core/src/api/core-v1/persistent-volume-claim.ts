import { defineKind } from '../../apimachinery/kind.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { PERSISTENT_VOLUME_CLAIM_COLUMNS } from './persistent-volume/columns.ts';
import { warnOfPersistentVolumeClaim } from './persistent-volume/warnings.ts';
import {
  validatePersistentVolumeClaim,
  validatePersistentVolumeClaimUpdate,
} from './persistent-volume-claim/validation.ts';

/** core/v1 PersistentVolumeClaim. */
export interface PersistentVolumeClaim {
  apiVersion: 'v1';
  kind: 'PersistentVolumeClaim';
  metadata: ObjectMeta;
  spec?: PersistentVolumeClaimSpec;
  status?: { phase?: string; accessModes?: string[]; capacity?: Record<string, string> };
}

export interface PersistentVolumeClaimSpec {
  accessModes?: string[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  selector?: LabelSelector;
  storageClassName?: string;
  volumeMode?: string;
  volumeName?: string;
  volumeAttributesClassName?: string;
  dataSource?: Record<string, unknown>;
  dataSourceRef?: Record<string, unknown>;
}

export const persistentVolumeClaims = defineKind<PersistentVolumeClaim>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  resource: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  namespaced: true,
  hasStatus: true,
  // pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolumeClaimSpec
  setDefaults({ spec }) {
    if (spec !== undefined) spec.volumeMode ??= 'Filesystem';
  },
  prepareForCreate(claim) {
    claim.status = { phase: 'Pending' };
  },
  validate: validatePersistentVolumeClaim,
  validateUpdate: validatePersistentVolumeClaimUpdate,
  warnings: warnOfPersistentVolumeClaim,
  columns: PERSISTENT_VOLUME_CLAIM_COLUMNS,
});
