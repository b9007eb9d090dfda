import { persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import type { NamespacedName } from '../../apimachinery/object-meta.ts';
import type { Context, Controller } from '../../controller-runtime/controller.ts';

const FINALIZER = 'kubernetes.io/pv-protection';

/** Lets a deleted volume go once it is bound to no claim any more (pkg/controller/volume/pvprotection). */
export function pvProtectionController(): Controller {
  return { name: 'pv-protection', component: 'pv-protection-controller', for: persistentVolumes, reconcile };
}

function reconcile({ name }: NamespacedName, { client }: Context): void {
  const volume = client.get(persistentVolumes, '', name);
  const { finalizers = [], deletionTimestamp } = volume?.metadata ?? {};
  if (volume === undefined || deletionTimestamp === undefined || !finalizers.includes(FINALIZER)) return;
  if (volume.status?.phase === 'Bound') return;
  const metadata = { ...volume.metadata, finalizers: finalizers.filter((each) => each !== FINALIZER) };
  client.update(persistentVolumes, { ...volume, metadata });
}
