import type { Node } from '../../api/core-v1/node.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { createPod, deletePod } from '../pod-control.ts';
import { isPodReady } from '../pod-util.ts';
import { byAge, type DaemonSync, isAvailable, isUpdated, podsOn } from './daemon-sync.ts';
import { suitability, templateFor } from './node-pods.ts';
import { allowsSurge } from './surge.ts';

/** What is to be done: pods to delete, nodes that need one. */
export interface Plan {
  readonly deletions: readonly Pod[];
  readonly nodes: readonly string[];
}

/** One pod on every node that should have one, none elsewhere (manage). */
export function planForNodes(sync: DaemonSync, mayKill: (node: string) => boolean): Plan {
  const plans = sync.nodes.map((node) => planForNode(sync, node, mayKill));
  return {
    deletions: [...plans.flatMap(({ deletions }) => deletions), ...withoutNode(sync)],
    nodes: plans.flatMap(({ nodes }) => nodes),
  };
}

/** Deletes and creates (syncNodes). @throws StatusError */
export function carryOut({ daemonSet, hash, context }: DaemonSync, { deletions, nodes }: Plan): void {
  for (const node of nodes) createPod(templateFor(daemonSet, hash, node), daemonSet, context);
  for (const pod of deletions) deletePod(pod, daemonSet, context);
}

/** `podsShouldBeOnNode` */
function planForNode(sync: DaemonSync, node: Node, mayKill: (node: string) => boolean): Plan {
  const { name } = node.metadata;
  const { shouldRun, mayStay } = suitability(sync.daemonSet, node);
  const pods = podsOn(sync, name);
  if (shouldRun && pods.length === 0) return { deletions: [], nodes: [name] };
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (!mayStay) return { deletions: staying, nodes: [] };
  const ended = staying.filter(({ status }) => status?.phase === 'Failed' || status?.phase === 'Succeeded');
  const running = staying.filter((pod) => !ended.includes(pod)).sort(byAge);
  const killed = ended.filter((pod) => pod.status?.phase === 'Succeeded' || mayKill(name));
  for (const pod of killed) tellEnded(sync, pod, name);
  return { deletions: [...killed, ...superfluous(sync, running)], nodes: [] };
}

/** All but the oldest; during a surge the oldest new one may stand beside the oldest old one while it is not available. */
function superfluous(sync: DaemonSync, running: readonly Pod[]): Pod[] {
  if (!allowsSurge(sync.daemonSet) || running.length <= 1) return running.slice(1);
  const updated = running.find((pod) => isUpdated(pod, sync));
  const old = running.find((pod) => !isUpdated(pod, sync));
  const others = running.filter((pod) => pod !== updated && pod !== old);
  if (updated === undefined || old === undefined) return others;
  if (isPodReady(old) && !isAvailable(updated, sync)) return others;
  return [...others, old];
}

/** Pods that wait for a node that is no more (getUnscheduledPodsWithoutNode). */
function withoutNode({ nodes, podsByNode }: DaemonSync): Pod[] {
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  return [...podsByNode]
    .filter(([node]) => !names.has(node))
    .flatMap(([, pods]) => pods)
    .filter(({ metadata, spec }) => !spec.nodeName && metadata.deletionTimestamp === undefined);
}

function tellEnded({ context, daemonSet }: DaemonSync, { metadata, status }: Pod, node: string): void {
  const failed = status?.phase === 'Failed';
  const pod = `daemon pod ${metadata.namespace}/${metadata.name} on node ${node}`;
  if (failed) context.events.event(daemonSet, 'Warning', 'FailedDaemonPod', `Found failed ${pod}, will try to kill it`);
  else context.events.event(daemonSet, 'Normal', 'SucceededDaemonPod', `Found succeeded ${pod}, will try to delete it`);
}
