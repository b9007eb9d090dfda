import { SELECTED_NODE } from '../api/core-v1/persistent-volume/annotations.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../api/core-v1/persistent-volume-claim.ts';
import { claimsOf } from '../api/core-v1/pod/claims.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import { storageClasses } from '../api/storage-v1/storage-class.ts';
import { keyOf, type NamespacedName } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';

/** What the claims of a pod mean for its scheduling. */
export type Volumes =
  /** No node will do, in the scheduler's words. */
  | { readonly refusal: string }
  /** Claims that are bound once a node is chosen; empty when all are bound. */
  | {
      readonly delayed: readonly PersistentVolumeClaim[] /** The node that was chosen for one of them. */;
      readonly selected?: string;
    };

/** The claims of pods that wait (pkg/scheduler/framework/plugins/volumebinding). */
export class VolumeBinding {
  /** Pods that wait for a claim to appear or to be bound, by the claim. */
  readonly #waiting = new Map<string, Map<string, NamespacedName>>();

  /** Reads the claims of a pod, and remembers the pod where it has to wait for one. */
  read(pod: Pod, client: Client): Volumes {
    const { namespace = '' } = pod.metadata;
    const delayed: PersistentVolumeClaim[] = [];
    let selected: string | undefined;
    for (const name of claimsOf(pod)) {
      const claim = client.get(persistentVolumeClaims, namespace, name);
      const refusal = refusalOf(name, claim, client);
      if (refusal !== undefined || claim?.status?.phase !== 'Bound') this.#wait(namespace, name, pod);
      if (refusal !== undefined) return { refusal };
      if (claim !== undefined && claim.status?.phase !== 'Bound') delayed.push(claim);
      selected ??= claim?.metadata.annotations?.[SELECTED_NODE];
    }
    return { delayed, ...(selected !== undefined && { selected }) };
  }

  /** Pods to be tried again because the claim changed. */
  waitingFor({ metadata }: PersistentVolumeClaim): NamespacedName[] {
    const key = keyOf(metadata.namespace ?? '', metadata.name);
    const pods = this.#waiting.get(key);
    this.#waiting.delete(key);
    return [...(pods?.values() ?? [])];
  }

  /** Tells who makes the volumes which node they are for (PreBind). */
  selectNode(claims: readonly PersistentVolumeClaim[], node: string, client: Client): void {
    for (const claim of claims) {
      const { annotations } = claim.metadata;
      if (annotations?.[SELECTED_NODE] !== undefined) continue;
      const metadata = { ...claim.metadata, annotations: { ...annotations, [SELECTED_NODE]: node } };
      client.update(persistentVolumeClaims, { ...claim, metadata });
    }
  }

  #wait(namespace: string, claim: string, { metadata }: Pod): void {
    const key = keyOf(namespace, claim);
    const pods = this.#waiting.get(key) ?? new Map<string, NamespacedName>();
    this.#waiting.set(key, pods);
    pods.set(metadata.name, { namespace, name: metadata.name });
  }
}

function refusalOf(name: string, claim: PersistentVolumeClaim | undefined, client: Client): string | undefined {
  if (claim === undefined) return `persistentvolumeclaim "${name}" not found`;
  if (claim.metadata.deletionTimestamp !== undefined) return `persistentvolumeclaim "${name}" is being deleted`;
  const { phase } = claim.status ?? {};
  if (phase === 'Lost') {
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName}"`;
  }
  if (phase === 'Bound' || isDelayed(claim, client)) return undefined;
  return 'pod has unbound immediate PersistentVolumeClaims';
}

function isDelayed({ spec }: PersistentVolumeClaim, client: Client): boolean {
  const storageClass = client.get(storageClasses, '', spec?.storageClassName ?? '');
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !spec?.volumeName;
}
