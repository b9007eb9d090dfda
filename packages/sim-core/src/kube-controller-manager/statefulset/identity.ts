import type { StatefulSet } from '../../api/apps-v1/stateful-set.ts';
import type { PersistentVolumeClaim } from '../../api/core-v1/persistent-volume-claim.ts';
import type { Pod, PodTemplateSpec, Volume } from '../../api/core-v1/pod.ts';
import { podFromTemplate } from '../pod-control.ts';

/** Label with the pod's own name, for a Service that means one pod (apps.StatefulSetPodNameLabel). */
const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
/** Label with the pod's ordinal (apps.PodIndexLabel). */
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';
/** Label with the name of the pod's revision (apps.StatefulSetRevisionLabel). */
const REVISION_LABEL = 'controller-revision-hash';

/** Character code of the digit 0. */
const ZERO = 0x30;

/** The pod's ordinal; undefined for a pod that is none of the set's by its name (getParentNameAndOrdinal). */
export function ordinalOf({ metadata }: Pod, set: StatefulSet): number | undefined {
  const { name } = metadata;
  const start = set.metadata.name.length + 1;
  if (name.length === start || !name.startsWith(`${set.metadata.name}-`)) return undefined;
  let ordinal = 0;
  // Digit by digit: this is asked of every pod at every change of any.
  for (let i = start; i < name.length; i++) {
    const digit = name.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    ordinal = ordinal * 10 + digit;
  }
  return ordinal;
}

/** The lowest ordinal. */
export function firstOrdinal({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

/** How many pods the set wants. */
export function replicasOf({ spec }: StatefulSet): number {
  return spec.replicas ?? 1;
}

/** Whether the set wants a pod of that ordinal (podInOrdinalRange). */
export function isWanted(ordinal: number, set: StatefulSet): boolean {
  return ordinal >= firstOrdinal(set) && ordinal < firstOrdinal(set) + replicasOf(set);
}

/** The name of the revision that the pod was made of. */
export function revisionOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[REVISION_LABEL];
}

/** `data-web-0` (getPersistentVolumeClaimName) */
export function claimName(template: PersistentVolumeClaim, set: StatefulSet, ordinal: number): string {
  return `${template.metadata.name}-${set.metadata.name}-${ordinal}`;
}

/** Labels by which pod and ordinal are known. */
export function identityLabels(set: StatefulSet, ordinal: number): Record<string, string> {
  return { [POD_INDEX_LABEL]: String(ordinal), [POD_NAME_LABEL]: `${set.metadata.name}-${ordinal}` };
}

/** The pod of an ordinal: its name is its host name, below the set's Service (newStatefulSetPod). */
export function newPod(set: StatefulSet, template: PodTemplateSpec, revision: string, ordinal: number): Pod {
  const pod = podFromTemplate(template, set);
  const name = `${set.metadata.name}-${ordinal}`;
  const { serviceName } = set.spec;
  const labels = { ...pod.metadata.labels, ...identityLabels(set, ordinal), [REVISION_LABEL]: revision };
  return {
    ...pod,
    metadata: { ...pod.metadata, name, labels },
    spec: {
      ...pod.spec,
      hostname: name,
      ...(serviceName && { subdomain: serviceName }),
      ...withClaims(pod.spec.volumes, set, ordinal),
    },
  };
}

/** A claim takes the place of a volume of its name (updateStorage). */
function withClaims(volumes: Volume[] = [], set: StatefulSet, ordinal: number): { volumes?: Volume[] } {
  const templates = set.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return {};
  const names = new Set(templates.map(({ metadata }) => metadata.name));
  const claimed = templates.map((template) => ({
    name: template.metadata.name,
    persistentVolumeClaim: { claimName: claimName(template, set, ordinal) },
  }));
  return { volumes: [...claimed, ...volumes.filter(({ name }) => !names.has(name))] };
}
