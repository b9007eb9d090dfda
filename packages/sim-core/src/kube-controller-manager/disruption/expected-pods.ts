import type { Pod } from '../../api/core-v1/pod.ts';
import type { PodDisruptionBudget } from '../../api/policy-v1/pod-disruption-budget.ts';
import { resolvePercent } from '../../apimachinery/int-or-string.ts';
import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import { controllerOf, type KubeObject, type OwnerReference } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';

/** How many pods a budget counts on, and how many of them must stay healthy. */
export interface Expected {
  readonly counts: { readonly expectedPods: number; readonly desiredHealthy: number };
  /** Names of pods that nothing controls, where that matters. */
  readonly unmanaged: readonly string[];
}

/** getExpectedPodCount. @returns why it cannot be told, as text, where the controllers of the pods are not found */
export function expectedPods(
  { spec = {} }: PodDisruptionBudget,
  selected: readonly Pod[],
  client: Client,
  kinds: readonly Kind[],
): Expected | string {
  const { maxUnavailable, minAvailable } = spec;
  if (maxUnavailable === undefined && typeof minAvailable === 'number') {
    return { counts: { expectedPods: selected.length, desiredHealthy: minAvailable }, unmanaged: [] };
  }
  if (maxUnavailable === undefined && minAvailable === undefined) {
    return { counts: { expectedPods: 0, desiredHealthy: 0 }, unmanaged: [] };
  }
  const scale = expectedScale(selected, client, kinds);
  if (typeof scale === 'string') return scale;
  const { replicas, unmanaged } = scale;
  const desiredHealthy =
    maxUnavailable === undefined
      ? resolvePercent(minAvailable, replicas, true)
      : Math.max(0, replicas - resolvePercent(maxUnavailable, replicas, true));
  return { counts: { expectedPods: replicas, desiredHealthy }, unmanaged };
}

/** What the controllers of the pods ask for, together (getExpectedScale). */
function expectedScale(selected: readonly Pod[], client: Client, kinds: readonly Kind[]) {
  const scales = new Map<string, number>();
  const seen = new Set<string>();
  const unmanaged: string[] = [];
  for (const pod of selected) {
    const { name, namespace = '' } = pod.metadata;
    const owner = controllerOf(pod);
    if (owner === undefined) unmanaged.push(name);
    if (owner === undefined || seen.has(owner.uid)) continue;
    seen.add(owner.uid);
    const scale = scaleOf(owner, namespace, client, kinds);
    if (scale === undefined) return `found no controllers for pod "${name}"`;
    scales.set(scale.uid, scale.replicas);
  }
  return { replicas: [...scales.values()].reduce((sum, each) => sum + each, 0), unmanaged };
}

/** A ReplicaSet of a Deployment counts as the Deployment. */
function scaleOf(
  owner: OwnerReference,
  namespace: string,
  client: Client,
  kinds: readonly Kind[],
): { uid: string; replicas: number } | undefined {
  const kind = kinds.find((each) => each.kind === owner.kind && apiVersionOf(each) === owner.apiVersion);
  const object = kind && client.get(kind, namespace, owner.name);
  if (kind === undefined || object?.metadata.uid !== owner.uid) return undefined;
  const above = controllerOf(object);
  const ofAbove = above && scaleOf(above, namespace, client, kinds);
  return ofAbove ?? (kind.scale && { uid: owner.uid, replicas: replicasOf(kind, object) });
}

function replicasOf(kind: Kind, object: KubeObject): number {
  return kind.scale?.replicas(object) ?? 0;
}
