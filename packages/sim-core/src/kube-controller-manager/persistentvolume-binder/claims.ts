import {
  BETA_STORAGE_PROVISIONER,
  BIND_COMPLETED,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from '../../api/core-v1/persistent-volume/annotations.ts';
import { type PersistentVolume, persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import { type StorageClass, storageClasses } from '../../api/storage-v1/storage-class.ts';
import type { NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../../controller-runtime/controller.ts';
import { bind } from './bind.ts';
import { findMatch, isKeptFor } from './match.ts';
import { UnclaimedVolumes } from './unclaimed-volumes.ts';

/** Provisioners of this prefix are part of Kubernetes, and none is left. */
const IN_TREE = 'kubernetes.io/';

/** Gives claims their volumes, or has volumes made for them (pkg/controller/volume/persistentvolume/pv_controller.go, syncClaim). */
export function persistentVolumeClaimBinderController(): Controller {
  const unclaimed = new UnclaimedVolumes();
  return {
    name: 'persistentvolumeclaim-binder',
    component: 'persistentvolume-controller',
    for: persistentVolumeClaims,
    watches: [
      watching(persistentVolumes, claimsForVolume, { onlyAfter: true }),
      watching(storageClasses, (_class, context) => pendingClaims(context), { onlyAfter: true }),
    ],
    reconcile: (key, context) => reconcile(key, context, unclaimed),
  };
}

function reconcile({ namespace, name }: NamespacedName, context: Context, unclaimed: UnclaimedVolumes): void {
  const claim = context.client.get(persistentVolumeClaims, namespace, name);
  if (claim === undefined || claim.metadata.deletionTimestamp !== undefined) return;
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) return syncBound(claim, context);
  if (claim.spec?.volumeName) return syncChosen(claim, claim.spec.volumeName, context);
  syncUnbound(claim, context, unclaimed);
}

/** A claim whose volume has gone is lost. */
function syncBound(claim: PersistentVolumeClaim, { client, events }: Context): void {
  const volume = client.get(persistentVolumes, '', claim.spec?.volumeName ?? '');
  if (volume !== undefined && isKeptFor(claim, volume)) return bind(volume, claim, client);
  if (claim.status?.phase === 'Lost') return;
  client.updateStatus(persistentVolumeClaims, { ...claim, status: { phase: 'Lost' } });
  const message = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
  events.event(claim, 'Warning', 'ClaimLost', message);
}

/** The user names the volume: it is waited for, and taken if it is free. */
function syncChosen(claim: PersistentVolumeClaim, volumeName: string, { client, events }: Context): void {
  const volume = client.get(persistentVolumes, '', volumeName);
  if (volume === undefined) return;
  if (volume.spec?.claimRef === undefined || isKeptFor(claim, volume)) return bind(volume, claim, client);
  events.event(claim, 'Warning', 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`);
}

function syncUnbound(claim: PersistentVolumeClaim, context: Context, unclaimed: UnclaimedVolumes): void {
  const { client, events } = context;
  const className = claim.spec?.storageClassName ?? '';
  const storageClass = className === '' ? undefined : client.get(storageClasses, '', className);
  const volume = findMatch(claim, unclaimed.list(client));
  const waits = storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !isConsumed(claim);
  const isKept = volume !== undefined && isKeptFor(claim, volume);
  if (volume !== undefined && (!waits || isKept)) return bind(volume, claim, client);
  if (waits) {
    const message = 'waiting for first consumer to be created before binding';
    return events.event(claim, 'Normal', 'WaitForFirstConsumer', message);
  }
  if (className !== '') return provision(claim, className, storageClass, context);
  const message = 'no persistent volumes available for this claim and no storage class is set';
  events.event(claim, 'Normal', 'FailedBinding', message);
}

/** Asks the class's provisioner for a volume, by annotations. */
function provision(
  claim: PersistentVolumeClaim,
  className: string,
  storageClass: StorageClass | undefined,
  { client, events }: Context,
): void {
  const fail = (message: string) => events.event(claim, 'Warning', 'ProvisioningFailed', message);
  if (storageClass === undefined) return fail(`storageclass.storage.k8s.io "${className}" not found`);
  const { provisioner } = storageClass;
  if (provisioner.startsWith(IN_TREE)) return fail(`no volume plugin matched name: ${provisioner}`);
  if (claim.metadata.annotations?.[STORAGE_PROVISIONER] === provisioner) return;
  const annotations = {
    ...claim.metadata.annotations,
    [BETA_STORAGE_PROVISIONER]: provisioner,
    [STORAGE_PROVISIONER]: provisioner,
  };
  const asked = client.update(persistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, annotations } });
  const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  events.event(asked, 'Normal', 'ExternalProvisioning', message);
}

function isConsumed({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[SELECTED_NODE] !== undefined;
}

/** The claim that a volume is for; a volume for nobody may suit any claim that waits. */
function claimsForVolume({ spec }: PersistentVolume, context: Context): NamespacedName[] {
  const { namespace = '', name = '' } = spec?.claimRef ?? {};
  return name === '' ? pendingClaims(context) : [{ namespace, name }];
}

function pendingClaims({ client }: Context): NamespacedName[] {
  return client
    .list(persistentVolumeClaims)
    .filter(({ status }) => status?.phase === 'Pending')
    .map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name }));
}
