import type { Node } from '../../api/core-v1/node.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { type LabelSelectorRequirement, matchesLabels, matchesRequirement } from '../../apimachinery/label-selector.ts';
import type { FilterPlugin } from './filter.ts';

/** One alternative of requiredDuringSchedulingIgnoredDuringExecution: all its rows must hold. */
interface NodeSelectorTerm {
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
  readonly matchFields?: readonly LabelSelectorRequirement[];
}

interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms?: readonly NodeSelectorTerm[];
    };
  };
}

/** nodeSelector and required node affinity (plugins/nodeaffinity, component-helpers/scheduling/corev1/nodeaffinity). */
export const nodeAffinity: FilterPlugin = Object.freeze({
  name: 'NodeAffinity',
  filter: ({ pod }, { node }) => {
    if (matchesLabels(pod.spec.nodeSelector ?? {}, node.metadata.labels) && matchesRequired(pod, node))
      return undefined;
    return { reasons: ["node(s) didn't match Pod's node affinity/selector"], unresolvable: true };
  },
} satisfies FilterPlugin);

function matchesRequired({ spec }: Pod, node: Node): boolean {
  const required = (spec.affinity as Affinity | undefined)?.nodeAffinity
    ?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || (required.nodeSelectorTerms ?? []).some((term) => matchesTerm(term, node));
}

/** A term without rows matches nothing. */
function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, { metadata }: Node): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const fields = { 'metadata.name': metadata.name };
  return (
    matchExpressions.every((row) => matchesRow(row, metadata.labels)) &&
    matchFields.every((row) => matchesRow(row, fields))
  );
}

/** Node selectors know two operators more than label selectors: Gt and Lt compare integers. */
function matchesRow(row: LabelSelectorRequirement, labels: Readonly<Record<string, string>> | undefined): boolean {
  if (row.operator !== 'Gt' && row.operator !== 'Lt') return matchesRequirement(row, labels);
  const [actual, limit] = [labels?.[row.key], row.values?.[0]].map((text) =>
    /^-?\d+$/.test(text ?? '') ? Number(text) : Number.NaN,
  ) as [number, number];
  return row.operator === 'Gt' ? actual > limit : actual < limit;
}
