import { BIND_COMPLETED, BOUND_BY_CONTROLLER } from '../../api/core-v1/persistent-volume/annotations.ts';
import { type PersistentVolume, persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import type { Client } from '../../client/client.ts';

/** Binds both to one another; what is written already stays (pv_controller.go, bind). */
export function bind(volume: PersistentVolume, claim: PersistentVolumeClaim, client: Client): void {
  const bound = bindVolume(volume, claim, client);
  if (bound.status?.phase !== 'Bound') {
    client.updateStatus(persistentVolumes, { ...bound, status: { ...bound.status, phase: 'Bound' } });
  }
  const written = bindClaim(volume, claim, client);
  const { accessModes = [], capacity = {} } = volume.spec ?? {};
  const status = { ...written.status, phase: 'Bound', accessModes, capacity };
  client.updateStatus(persistentVolumeClaims, { ...written, status });
}

/** A reference from the volume to the claim. */
export function referenceTo({ metadata }: PersistentVolumeClaim) {
  const { namespace, name, uid, resourceVersion } = metadata;
  return { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
}

function bindVolume(volume: PersistentVolume, claim: PersistentVolumeClaim, client: Client): PersistentVolume {
  if (volume.spec?.claimRef?.uid === claim.metadata.uid) return volume;
  const isKept = volume.spec?.claimRef !== undefined;
  const annotations = { ...volume.metadata.annotations, ...(isKept ? {} : { [BOUND_BY_CONTROLLER]: 'yes' }) };
  return client.update(persistentVolumes, {
    ...volume,
    metadata: { ...volume.metadata, annotations },
    spec: { ...volume.spec, claimRef: referenceTo(claim) },
  });
}

function bindClaim(volume: PersistentVolume, claim: PersistentVolumeClaim, client: Client): PersistentVolumeClaim {
  const { annotations = {} } = claim.metadata;
  const isChosen = claim.spec?.volumeName !== undefined && claim.spec.volumeName !== '';
  return client.update(persistentVolumeClaims, {
    ...claim,
    metadata: {
      ...claim.metadata,
      annotations: { ...annotations, [BIND_COMPLETED]: 'yes', ...(isChosen ? {} : { [BOUND_BY_CONTROLLER]: 'yes' }) },
    },
    spec: { ...claim.spec, volumeName: volume.metadata.name },
  });
}
