import { type ClusterRole, clusterRoles } from '../api/rbac-v1/cluster-role.ts';
import type { PolicyRule } from '../api/rbac-v1/role.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { matchesSelector } from '../apimachinery/label-selector.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';

/**
 * Writes into a ClusterRole with an aggregationRule the rules of all that it selects
 * (pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go).
 */
export function clusterRoleAggregationController(): Controller {
  return {
    name: 'clusterrole-aggregation',
    component: 'clusterrole-aggregation-controller',
    for: clusterRoles,
    watches: [watching(clusterRoles, aggregating)],
    reconcile,
  };
}

function reconcile({ name }: NamespacedName, { client }: Context): void {
  const role = client.get(clusterRoles, '', name);
  if (role === undefined || selectorsOf(role).length === 0) return;
  const rules = aggregated(role, client.list(clusterRoles));
  if (!deepEqual(rules, role.rules ?? [])) client.update(clusterRoles, { ...role, rules });
}

/** Any role may be a part of any that aggregates. */
function aggregating(_changed: ClusterRole, { client }: Context): NamespacedName[] {
  const roles = client.list(clusterRoles).filter((role) => selectorsOf(role).length > 0);
  return roles.map(({ metadata }) => ({ namespace: '', name: metadata.name }));
}

function selectorsOf({ aggregationRule }: ClusterRole) {
  return aggregationRule?.clusterRoleSelectors ?? [];
}

/** Selector by selector, the roles of each by name, every rule once. */
function aggregated(role: ClusterRole, all: readonly ClusterRole[]): PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const selector of selectorsOf(role)) {
    const selected = all.filter((each) => each !== role && matchesSelector(selector, each.metadata.labels));
    selected.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    for (const rule of selected.flatMap((each) => each.rules ?? [])) {
      if (!rules.some((known) => deepEqual(known, rule))) rules.push(rule);
    }
  }
  return rules;
}
