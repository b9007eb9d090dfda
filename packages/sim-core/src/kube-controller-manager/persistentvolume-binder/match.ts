import type { PersistentVolume } from '../../api/core-v1/persistent-volume.ts';
import type { PersistentVolumeClaim } from '../../api/core-v1/persistent-volume-claim.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import { compareQuantities, parseQuantity } from '../../apimachinery/quantity.ts';

/**
 * The volume that suits the claim: the one kept for it, else the smallest that is large enough
 * (component-helpers/storage/volume/pv_helpers.go, FindMatchingVolume).
 */
export function findMatch(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (!suits(claim, volume)) continue;
    if (isKeptFor(claim, volume)) return volume;
    if (volume.spec?.claimRef !== undefined) continue;
    if (best === undefined || compareQuantities(sizeOf(volume), sizeOf(best)) < 0) best = volume;
  }
  return best;
}

/** Whether the volume's claimRef names the claim. */
export function isKeptFor({ metadata }: PersistentVolumeClaim, { spec }: PersistentVolume): boolean {
  const { name, namespace, uid } = spec?.claimRef ?? {};
  return name === metadata.name && namespace === metadata.namespace && (uid === undefined || uid === metadata.uid);
}

function suits({ spec = {} }: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  const { accessModes = [], storageClassName = '', volumeMode = 'Filesystem' } = volume.spec ?? {};
  const wanted = parseQuantity(spec.resources?.requests?.['storage'] ?? '0');
  return (
    storageClassName === (spec.storageClassName ?? '') &&
    volumeMode === (spec.volumeMode ?? 'Filesystem') &&
    (spec.accessModes ?? []).every((mode) => accessModes.includes(mode)) &&
    compareQuantities(sizeOf(volume), wanted) >= 0 &&
    (spec.selector === undefined || matchesSelector(spec.selector, volume.metadata.labels))
  );
}

function sizeOf({ spec }: PersistentVolume): ReturnType<typeof parseQuantity> {
  return parseQuantity(spec?.capacity?.['storage'] ?? '0');
}
