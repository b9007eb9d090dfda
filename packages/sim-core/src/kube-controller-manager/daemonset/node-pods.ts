import { templateGenerationOf } from '../../api/apps-v1/daemon-set/strategy.ts';
import type { DaemonSet } from '../../api/apps-v1/daemon-set.ts';
import type { Node } from '../../api/core-v1/node.ts';
import { matchesNodeAffinity } from '../../api/core-v1/node-affinity.ts';
import type { Pod, PodTemplateSpec, Toleration } from '../../api/core-v1/pod.ts';
import { toleratesTaint } from '../../api/core-v1/toleration.ts';
import { GENERATION_LABEL, HASH_LABEL } from './daemon-sync.ts';

/** Taints that no daemon minds (pkg/controller/daemon/util AddOrUpdateDaemonPodTolerations). */
const TOLERATIONS: readonly Toleration[] = Object.freeze([
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
]);
const NETWORK_UNAVAILABLE: Toleration = Object.freeze({
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
});

/** What a node is to a DaemonSet (NodeShouldRunDaemonPod). */
export interface Suitability {
  /** A pod belongs there. */
  readonly shouldRun: boolean;
  /** A pod that is there may stay. */
  readonly mayStay: boolean;
}

/** Whether the node is one for the DaemonSet's pods: by its name, its labels, and its taints. */
export function suitability({ spec }: DaemonSet, node: Node): Suitability {
  const { spec: pod } = spec.template;
  const fits = (!pod.nodeName || pod.nodeName === node.metadata.name) && matchesNodeAffinity(pod, node);
  if (!fits) return { shouldRun: false, mayStay: false };
  const tolerations = withDaemonTolerations(pod.tolerations, pod.hostNetwork === true);
  const untolerated = (node.spec?.taints ?? []).filter(
    (taint) =>
      (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') &&
      !tolerations.some((toleration) => toleratesTaint(toleration, taint)),
  );
  return {
    shouldRun: untolerated.length === 0,
    mayStay: !untolerated.some(({ effect }) => effect === 'NoExecute'),
  };
}

/** The template of the pod for one node: the scheduler can put it nowhere else (CreatePodTemplate, ReplaceDaemonSetPodNodeNameNodeAffinity). */
export function templateFor(daemonSet: DaemonSet, hash: string, nodeName: string): PodTemplateSpec {
  const { metadata, spec } = daemonSet.spec.template;
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }];
  const required = { nodeSelectorTerms: [{ matchFields }] };
  const nodeAffinity = {
    ...spec.affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: required,
  };
  const labels = {
    ...metadata?.labels,
    [HASH_LABEL]: hash,
    [GENERATION_LABEL]: String(templateGenerationOf(daemonSet)),
  };
  return {
    metadata: { ...metadata, labels },
    spec: {
      ...spec,
      affinity: { ...spec.affinity, nodeAffinity },
      tolerations: withDaemonTolerations(spec.tolerations, spec.hostNetwork === true),
    },
  };
}

/** The node that the pod is on or meant for; undefined for a pod of no node (GetTargetNodeName). */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const field = terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key }) => key === 'metadata.name');
  return field?.values?.[0];
}

function withDaemonTolerations(own: readonly Toleration[] = [], hostNetwork: boolean): Toleration[] {
  const added = hostNetwork ? [...TOLERATIONS, NETWORK_UNAVAILABLE] : TOLERATIONS;
  const isThere = ({ key, effect }: Toleration) =>
    own.some((each) => each.key === key && each.effect === effect && each.operator === 'Exists');
  return [...own, ...added.filter((toleration) => !isThere(toleration))];
}
