import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { AGE, column, NAME, wideColumn } from '../../columns.ts';
import type { PersistentVolume } from '../persistent-volume.ts';
import type { PersistentVolumeClaim } from '../persistent-volume-claim.ts';

const SHORT_MODES: Readonly<Record<string, string>> = Object.freeze({
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
});

/** pkg/printers/internalversion/printers.go persistentVolumeColumnDefinitions */
export const PERSISTENT_VOLUME_COLUMNS: readonly PrinterColumn<PersistentVolume>[] = Object.freeze([
  NAME,
  column<PersistentVolume>('Capacity', ({ spec }) => spec?.capacity?.storage ?? '0'),
  column<PersistentVolume>('Access Modes', ({ spec }) => shortModes(spec?.accessModes)),
  column<PersistentVolume>('Reclaim Policy', ({ spec }) => spec?.persistentVolumeReclaimPolicy ?? ''),
  column<PersistentVolume>('Status', (volume) => phase(volume)),
  column<PersistentVolume>('Claim', ({ spec }) =>
    spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '',
  ),
  column<PersistentVolume>('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
  column<PersistentVolume>('VolumeAttributesClass', ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>'),
  column<PersistentVolume>('Reason', ({ status }) => status?.reason ?? ''),
  AGE,
  wideColumn<PersistentVolume>('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'),
]);

/** persistentVolumeClaimColumnDefinitions */
export const PERSISTENT_VOLUME_CLAIM_COLUMNS: readonly PrinterColumn<PersistentVolumeClaim>[] = Object.freeze([
  NAME,
  column<PersistentVolumeClaim>('Status', (claim) => phase(claim)),
  column<PersistentVolumeClaim>('Volume', ({ spec }) => spec?.volumeName ?? ''),
  column<PersistentVolumeClaim>(
    'Capacity',
    ({ spec, status }) => (spec?.volumeName && status?.capacity?.storage) || '',
  ),
  column<PersistentVolumeClaim>('Access Modes', ({ spec, status }) =>
    spec?.volumeName ? shortModes(status?.accessModes) : '',
  ),
  column<PersistentVolumeClaim>('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
  column<PersistentVolumeClaim>('VolumeAttributesClass', ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>'),
  AGE,
  wideColumn<PersistentVolumeClaim>('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'),
]);

function phase({ metadata, status }: PersistentVolume | PersistentVolumeClaim): string {
  return metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating';
}

function shortModes(modes: readonly string[] = []): string {
  return modes.map((mode) => SHORT_MODES[mode] ?? mode).join(',');
}
