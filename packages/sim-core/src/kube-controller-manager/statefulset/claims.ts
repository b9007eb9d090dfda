import type { StatefulSet } from '../../api/apps-v1/stateful-set.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { type KubeObject, newControllerRef, type OwnerReference } from '../../apimachinery/object-meta.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import type { Context } from '../../controller-runtime/controller.ts';
import { claimName, isWanted } from './identity.ts';

/** Creates the claims of a pod that are missing, and tells so (createPersistentVolumeClaims). @throws StatusError */
export function createClaims(set: StatefulSet, podName: string, ordinal: number, { client, events }: Context): void {
  const { namespace = '' } = set.metadata;
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const claim = newClaim(template, set, ordinal);
    const { name } = claim.metadata;
    if (client.get(persistentVolumeClaims, namespace, name) !== undefined) continue;
    try {
      client.create(persistentVolumeClaims, claim);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const message = `create Claim ${name} for Pod ${podName} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
      events.event(set, 'Warning', 'FailedCreate', message);
      throw error;
    }
    const message = `create Claim ${name} Pod ${podName} in StatefulSet ${set.metadata.name} success`;
    events.event(set, 'Normal', 'SuccessfulCreate', message);
  }
}

/**
 * Makes the claims of a pod go with the set or with the pod as persistentVolumeClaimRetentionPolicy says, by who owns
 * them (updateClaimOwnerRefForSetAndPod). A claim that something else controls is left alone.
 */
export function keepClaims(set: StatefulSet, pod: Pod, ordinal: number, { client }: Context): void {
  const { namespace = '' } = set.metadata;
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const claim = client.get(persistentVolumeClaims, namespace, claimName(template, set, ordinal));
    if (claim === undefined || isControlledByOther(claim, [set, pod])) continue;
    const ownerReferences = ownersOf(claim, set, pod, isWanted(ordinal, set));
    if (deepEqual(ownerReferences, claim.metadata.ownerReferences ?? [])) continue;
    client.update(persistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, ownerReferences } });
  }
}

function newClaim(template: PersistentVolumeClaim, set: StatefulSet, ordinal: number): PersistentVolumeClaim {
  const { creationTimestamp: _never, ...metadata } = template.metadata;
  const deleted = set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...metadata,
      name: claimName(template, set, ordinal),
      namespace: set.metadata.namespace ?? '',
      labels: { ...metadata.labels, ...set.spec.selector.matchLabels },
      ...(deleted && { ownerReferences: [newControllerRef(set)] }),
    },
    ...(template.spec && { spec: template.spec }),
  };
}

function ownersOf(claim: PersistentVolumeClaim, set: StatefulSet, pod: Pod, isPodWanted: boolean): OwnerReference[] {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const goesWithPod = whenScaled === 'Delete' && !isPodWanted;
  const goesWithSet = whenDeleted === 'Delete' && !goesWithPod;
  const others = (claim.metadata.ownerReferences ?? []).filter(
    ({ kind, name }) =>
      !(kind === 'StatefulSet' && name === set.metadata.name) && !(kind === 'Pod' && name === pod.metadata.name),
  );
  return [
    ...others,
    ...(goesWithSet ? [newControllerRef(set)] : []),
    ...(goesWithPod ? [newControllerRef({ ...pod, apiVersion: 'v1', kind: 'Pod' })] : []),
  ];
}

function isControlledByOther({ metadata }: PersistentVolumeClaim, owners: readonly KubeObject[]): boolean {
  const uids = owners.map((owner) => owner.metadata.uid);
  return (metadata.ownerReferences ?? []).some(({ controller, uid }) => controller === true && !uids.includes(uid));
}
