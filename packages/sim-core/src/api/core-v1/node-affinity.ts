import { type LabelSelectorRequirement, matchesLabels, matchesRequirement } from '../../apimachinery/label-selector.ts';
import type { Node } from './node.ts';
import type { NodeSelectorTerm, PodSpec } from './pod.ts';

/** Whether nodeSelector and required node affinity let the pod onto the node (component-helpers/scheduling/corev1/nodeaffinity). */
export function matchesNodeAffinity(spec: PodSpec, node: Node): boolean {
  if (!matchesLabels(spec.nodeSelector ?? {}, node.metadata.labels)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || (required.nodeSelectorTerms ?? []).some((term) => matchesTerm(term, node));
}

/** A term without rows matches nothing. */
function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, { metadata }: Node): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const fields = { 'metadata.name': metadata.name };
  return (
    matchExpressions.every((row) => matchesRow(row as LabelSelectorRequirement, metadata.labels)) &&
    matchFields.every((row) => matchesRow(row as LabelSelectorRequirement, fields))
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
