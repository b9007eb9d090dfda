import { deprecationOfNodeLabel, warnOfNodeSelectorTerm } from '../../node-labels.ts';
import type { Affinity, PodAffinity, PodSpec } from '../pod-spec.ts';

const NO_SELECTOR = 'a null labelSelector results in matching no pod';

/** Old names of nodes' labels, and spreading that spreads nothing. */
export function warnOfPlacement(
  { nodeSelector = {}, affinity, topologySpreadConstraints = [] }: PodSpec,
  path: string,
): string[] {
  return [
    ...Object.keys(nodeSelector).flatMap((key) =>
      deprecationOfNodeLabel(key).map((message) => `${path}.nodeSelector[${key}]: ${message}`),
    ),
    ...warnOfNodeAffinity(affinity?.nodeAffinity ?? {}, `${path}.affinity.nodeAffinity`),
    ...topologySpreadConstraints.flatMap(({ topologyKey, labelSelector }, i) => {
      const own = `${path}.topologySpreadConstraints[${i}]`;
      return [
        ...deprecationOfNodeLabel(topologyKey).map((message) => `${own}.topologyKey: ${topologyKey} is ${message}`),
        ...(labelSelector === undefined ? [`${own}.labelSelector: ${NO_SELECTOR}`] : []),
      ];
    }),
  ];
}

function warnOfNodeAffinity(affinity: NonNullable<Affinity['nodeAffinity']>, path: string): string[] {
  const hard = affinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const soft = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...hard.flatMap((term, i) =>
      warnOfNodeSelectorTerm(term, `${path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`),
    ),
    ...soft.flatMap(({ preference }, i) =>
      warnOfNodeSelectorTerm(preference, `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].preference`),
    ),
  ];
}

/** Terms about other pods that match none. */
export function warnOfTerms({ podAffinity, podAntiAffinity }: Affinity, path: string): string[] {
  return [
    ...warnOfPodAffinity(podAffinity ?? {}, `${path}.podAffinity`),
    ...warnOfPodAffinity(podAntiAffinity ?? {}, `${path}.podAntiAffinity`),
  ];
}

function warnOfPodAffinity(affinity: PodAffinity, path: string): string[] {
  const hard = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const soft = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...hard.flatMap(({ labelSelector }, i) =>
      labelSelector === undefined
        ? [`${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}].labelSelector: ${NO_SELECTOR}`]
        : [],
    ),
    ...soft.flatMap(({ podAffinityTerm }, i) =>
      podAffinityTerm.labelSelector === undefined
        ? [
            `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].podAffinityTerm.labelSelector: ${NO_SELECTOR}`,
          ]
        : [],
    ),
  ];
}
