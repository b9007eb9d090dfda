import { persistentVolumeClaims } from '../../api/core-v1/persistent-volume-claim.ts';
import { claimsOf } from '../../api/core-v1/pod/claims.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import type { NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../../controller-runtime/controller.ts';

const FINALIZER = 'kubernetes.io/pvc-protection';

/** Lets a deleted claim go once no pod uses it any more (pkg/controller/volume/pvcprotection). */
export function pvcProtectionController(): Controller {
  return {
    name: 'pvc-protection',
    component: 'pvc-protection-controller',
    for: persistentVolumeClaims,
    watches: [watching(pods, deletedClaimsOf, { onlyAfter: true })],
    reconcile,
  };
}

function reconcile({ namespace, name }: NamespacedName, { client }: Context): void {
  const claim = client.get(persistentVolumeClaims, namespace, name);
  const { finalizers = [], deletionTimestamp } = claim?.metadata ?? {};
  if (claim === undefined || deletionTimestamp === undefined || !finalizers.includes(FINALIZER)) return;
  if (client.list(pods, namespace).some((pod) => uses(pod, name))) return;
  const metadata = { ...claim.metadata, finalizers: finalizers.filter((each) => each !== FINALIZER) };
  client.update(persistentVolumeClaims, { ...claim, metadata });
}

function uses(pod: Pod, claim: string): boolean {
  const { phase } = pod.status ?? {};
  return phase !== 'Succeeded' && phase !== 'Failed' && claimsOf(pod).includes(claim);
}

function deletedClaimsOf(pod: Pod, { client }: Context): NamespacedName[] {
  const { namespace = '' } = pod.metadata;
  return claimsOf(pod)
    .filter((name) => client.get(persistentVolumeClaims, namespace, name)?.metadata.deletionTimestamp !== undefined)
    .map((name) => ({ namespace, name }));
}
