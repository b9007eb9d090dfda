import { type PersistentVolume, persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import type { NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../../controller-runtime/controller.ts';

/** Says what has become of volumes, and deletes those whose claim has gone where they are to be (pv_controller.go, syncVolume). */
export function persistentVolumeBinderController(): Controller {
  return {
    name: 'persistentvolume-binder',
    component: 'persistentvolume-controller',
    for: persistentVolumes,
    watches: [watching(persistentVolumeClaims, volumesOfClaim, { onlyAfter: true })],
    reconcile,
  };
}

function reconcile({ name }: NamespacedName, { client }: Context): void {
  const volume = client.get(persistentVolumes, '', name);
  if (volume === undefined) return;
  const phase = phaseOf(volume, claimOf(volume, client));
  if (phase !== volume.status?.phase) {
    client.updateStatus(persistentVolumes, { ...volume, status: { ...volume.status, phase } });
  }
  const isLeft = phase === 'Released' && volume.metadata.deletionTimestamp === undefined;
  if (isLeft && volume.spec?.persistentVolumeReclaimPolicy === 'Delete') client.delete(persistentVolumes, '', name);
}

function claimOf({ spec }: PersistentVolume, client: Context['client']): PersistentVolumeClaim | undefined {
  const { namespace = '', name, uid } = spec?.claimRef ?? {};
  const claim = name === undefined ? undefined : client.get(persistentVolumeClaims, namespace, name);
  return uid === undefined || claim?.metadata.uid === uid ? claim : undefined;
}

function phaseOf({ metadata, spec, status }: PersistentVolume, claim: PersistentVolumeClaim | undefined): string {
  if (spec?.claimRef?.uid === undefined) return 'Available';
  if (claim === undefined) return 'Released';
  return claim.spec?.volumeName === metadata.name ? 'Bound' : (status?.phase ?? 'Pending');
}

/** The volume that the claim has, and the one that was made for it. */
function volumesOfClaim({ metadata, spec }: PersistentVolumeClaim): NamespacedName[] {
  return [...new Set([spec?.volumeName || `pvc-${metadata.uid}`])].map((name) => ({ namespace: '', name }));
}
