import type { Pod } from '../../api/core-v1/pod.ts';
import { type DaemonSync, isAvailable, isUpdated, podsOn } from './daemon-sync.ts';
import type { Plan } from './manage.ts';
import { suitability } from './node-pods.ts';
import { maxSurge, maxUnavailable } from './surge.ts';

/** The pods of a node that stay; undefined when there are more than one of a kind, which manage cleans up. */
type OnNode = { readonly updated?: Pod; readonly old?: Pod } | undefined;

/** The next step of an update: deletes old pods, or with maxSurge creates new ones beside them (update.go, rollingUpdate). */
export function planUpdate(sync: DaemonSync): Plan {
  const nodes = nodesToUpdate(sync);
  const desired = sync.nodes.filter((node) => suitability(sync.daemonSet, node).shouldRun).length;
  const surge = maxSurge(sync.daemonSet, desired);
  const unavailable = maxUnavailable(sync.daemonSet, desired);
  return surge === 0 ? planReplacing(sync, nodes, unavailable) : planSurging(sync, nodes, surge);
}

/** Old pods that are not available go at once, others as far as maxUnavailable leaves room. */
function planReplacing(sync: DaemonSync, nodes: readonly string[], limit: number): Plan {
  let unavailable = 0;
  const free: Pod[] = [];
  const candidates: Pod[] = [];
  for (const node of nodes) {
    const { updated, old } = onNode(sync, node) ?? {};
    if ((updated === undefined) === (old === undefined)) unavailable++;
    else if (updated !== undefined) unavailable += isAvailable(updated, sync) ? 0 : 1;
    else if (old !== undefined) (isAvailable(old, sync) ? candidates : free).push(old);
  }
  return { deletions: [...free, ...candidates.slice(0, Math.max(0, limit - unavailable))], nodes: [] };
}

/** A new pod comes beside an old one as far as maxSurge leaves room; once it is available the old one goes. */
function planSurging(sync: DaemonSync, nodes: readonly string[], limit: number): Plan {
  let surging = 0;
  const deletions: Pod[] = [];
  const free: string[] = [];
  const candidates: string[] = [];
  for (const node of nodes) {
    const pods = onNode(sync, node);
    if (pods === undefined) surging++;
    else if (pods.old === undefined) continue;
    else if (pods.updated === undefined) (isAvailable(pods.old, sync) ? candidates : free).push(node);
    else if (isAvailable(pods.updated, sync)) deletions.push(pods.old);
    else surging++;
  }
  return { deletions, nodes: [...free, ...candidates.slice(0, Math.max(0, limit - surging))] };
}

/** Nodes with pods, and those that should have one. */
function nodesToUpdate({ daemonSet, nodes, podsByNode }: DaemonSync): string[] {
  const wanted = nodes.filter((node) => suitability(daemonSet, node).shouldRun).map(({ metadata }) => metadata.name);
  return [...new Set([...podsByNode.keys(), ...wanted])];
}

/** `findUpdatedPodsOnNode` */
function onNode(sync: DaemonSync, node: string): OnNode {
  const staying = podsOn(sync, node).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const updated = staying.filter((pod) => isUpdated(pod, sync));
  const old = staying.filter((pod) => !isUpdated(pod, sync));
  if (updated.length > 1 || old.length > 1) return undefined;
  return { ...(updated[0] && { updated: updated[0] }), ...(old[0] && { old: old[0] }) };
}
