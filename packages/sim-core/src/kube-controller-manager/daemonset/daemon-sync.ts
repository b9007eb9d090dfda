import type { DaemonSet } from '../../api/apps-v1/daemon-set.ts';
import type { Node } from '../../api/core-v1/node.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { Context } from '../../controller-runtime/controller.ts';
import { isPodReady, readySince } from '../pod-util.ts';

/** Label with the hash of the pod's template (apps.DefaultDaemonSetUniqueLabelKey). */
export const HASH_LABEL = 'controller-revision-hash';
/** Label with the number of the pod's template, which older clients read (apps.DeprecatedTemplateGeneration). */
export const GENERATION_LABEL = 'pod-template-generation';

/** A DaemonSet, the nodes and its pods during one reconcile. */
export interface DaemonSync {
  readonly context: Context;
  readonly daemonSet: DaemonSet;
  /** Hash of the current template. */
  readonly hash: string;
  readonly nodes: readonly Node[];
  /** The pods by the node that they run on or are meant for. */
  readonly podsByNode: ReadonlyMap<string, readonly Pod[]>;
  readonly now: number;
}

/** The pods of a node. */
export function podsOn({ podsByNode }: DaemonSync, node: string): readonly Pod[] {
  return podsByNode.get(node) ?? [];
}

/** Whether the pod is of the current template (IsPodUpdated). */
export function isUpdated({ metadata }: Pod, { hash }: DaemonSync): boolean {
  return metadata.labels?.[HASH_LABEL] === hash;
}

/** Ready for minReadySeconds (podutil.IsPodAvailable). */
export function isAvailable(pod: Pod, { daemonSet, now }: DaemonSync): boolean {
  const wait = (daemonSet.spec.minReadySeconds ?? 0) * 1000;
  return isPodReady(pod) && (wait === 0 || readySince(pod) + wait <= now);
}

/** Oldest first, those with a node before those without (podByCreationTimestampAndPhase). */
export function byAge(a: Pod, b: Pod): number {
  const [first, second] = [a, b].map(
    ({ metadata, spec }) => `${spec.nodeName ? 0 : 1} ${metadata.creationTimestamp} ${metadata.name}`,
  ) as [string, string];
  return first < second ? -1 : 1;
}
