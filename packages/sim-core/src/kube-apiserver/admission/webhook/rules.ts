import type { WebhookRule } from '../../../api/admissionregistration-v1/webhook.ts';

/** What a rule is held against. */
export interface Subject {
  readonly operation: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** '' for the object itself. */
  readonly subresource: string;
  /** A Namespace is in itself; '' for what is in none. */
  readonly namespace: string;
}

/** Whether a rule is about a write (k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules). */
export function matchesRule(rule: WebhookRule, subject: Subject): boolean {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope = '*' } = rule;
  return (
    exactOrWildcard(apiGroups, subject.group) &&
    exactOrWildcard(apiVersions, subject.version) &&
    exactOrWildcard(operations, subject.operation) &&
    resources.some((resource) => matchesResource(resource, subject)) &&
    matchesScope(scope, subject)
  );
}

function exactOrWildcard(items: readonly string[], requested: string): boolean {
  return items.includes('*') || items.includes(requested);
}

/** `pods`, `pods/status`, `pods/*`, `*`, `*` with a subresource. */
function matchesResource(text: string, { resource, subresource }: Subject): boolean {
  const slash = text.indexOf('/');
  const [wanted, sub] = slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
  return (wanted === '*' || wanted === resource) && (sub === '*' || sub === subresource);
}

/** Namespaces are objects of the cluster, though they are "in" themselves. */
function matchesScope(scope: string, { group, resource, namespace }: Subject): boolean {
  if (scope === '*') return true;
  const isOfCluster = namespace === '' || (group === '' && resource === 'namespaces');
  return scope === 'Cluster' ? isOfCluster : scope === 'Namespaced' && !isOfCluster;
}
