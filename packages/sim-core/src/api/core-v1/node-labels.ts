import type { NodeSelectorTerm } from './pod/pod-spec.ts';

/** Labels of nodes that have newer names (pkg/api/node/util.go). */
const DEPRECATED: Readonly<Record<string, string>> = Object.freeze({
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
});

/** What there is to say of the use of a node's label; nothing for most (`GetNodeLabelDeprecatedMessage`). */
export function deprecationOfNodeLabel(key: string): string[] {
  const message = Object.hasOwn(DEPRECATED, key) ? DEPRECATED[key] : undefined;
  return message === undefined ? [] : [message];
}

/** `GetWarningsForNodeSelectorTerm` */
export function warnOfNodeSelectorTerm({ matchExpressions = [] }: NodeSelectorTerm, path: string): string[] {
  return matchExpressions.flatMap(({ key }, i) =>
    deprecationOfNodeLabel(key).map((message) => `${path}.matchExpressions[${i}].key: ${key} is ${message}`),
  );
}
