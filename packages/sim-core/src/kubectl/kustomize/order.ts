import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';

/** Kinds that come first, in this order (kustomize kyaml/resid/gvk.go). */
const FIRST: readonly string[] = Object.freeze(
  'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget'.split(
    ' ',
  ),
);
/** Kinds that come last. */
const LAST: readonly string[] = Object.freeze(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);

/** The order of `kubectl kustomize` and `apply -k`: by kind, then by their ids (kustomize's legacy order). */
export function kustomizeOrder(values: readonly JsonObject[]): JsonObject[] {
  return [...values].sort((a, b) => {
    const byKind = rank(text(a, 'kind')) - rank(text(b, 'kind'));
    if (byKind !== 0) return byKind;
    const [x, y] = [idOf(a), idOf(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}

function rank(kind: string): number {
  const first = FIRST.indexOf(kind);
  if (first >= 0) return first - FIRST.length;
  return LAST.indexOf(kind) + 1;
}

function idOf(value: JsonObject): string {
  const [group, version] = text(value, 'apiVersion').includes('/')
    ? text(value, 'apiVersion').split('/')
    : ['~G', text(value, 'apiVersion')];
  const parts = [
    group,
    version,
    text(value, 'kind'),
    text(value, 'metadata', 'namespace'),
    text(value, 'metadata', 'name'),
  ];
  return parts.join('|');
}
