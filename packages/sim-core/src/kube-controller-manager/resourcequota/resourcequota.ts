import { type ResourceQuota, resourceQuotas } from '../../api/core-v1/resource-quota.ts';
import { count } from '../../api/quota/object-count.ts';
import { quotaEvaluators, quotaMatches } from '../../api/quota/quotas.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { isStored, type Kind } from '../../apimachinery/kind.ts';
import type { KubeObject, NamespacedName } from '../../apimachinery/object-meta.ts';
import {
  type Amounts,
  addAmounts,
  formatAmounts,
  maskAmounts,
  parseAmounts,
} from '../../apimachinery/resource-list.ts';
import type { Client } from '../../client/client.ts';
import { type Context, type Controller, watching } from '../../controller-runtime/controller.ts';

/**
 * Counts what is used of every ResourceQuota (pkg/controller/resourcequota/resource_quota_controller.go).
 * @param kinds the kinds that quotas may count
 */
export function resourceQuotaController(kinds: readonly Kind[]): Controller {
  const evaluatorFor = quotaEvaluators();
  const counted = () => kinds.filter((kind) => kind.namespaced && isStored(kind));
  const usageOf = (quota: ResourceQuota, client: Client): Amounts => {
    const hard = Object.keys(quota.spec?.hard ?? {});
    let used: Amounts = {};
    for (const kind of counted()) {
      const evaluator = evaluatorFor(kind);
      const names = evaluator.matchingResources(hard);
      if (names.length === 0) continue;
      used = addAmounts(used, Object.fromEntries(names.map((name) => [name, count(0)])));
      for (const object of client.list(kind, quota.metadata.namespace ?? '')) {
        if (!quotaMatches(quota, hard, evaluator, object)) continue;
        used = addAmounts(used, maskAmounts(evaluator.usage(object), names));
      }
    }
    return used;
  };
  return {
    name: 'resourcequota',
    component: 'resourcequota-controller',
    for: resourceQuotas,
    watches: counted()
      .filter((kind) => kind !== resourceQuotas)
      .map((kind) => watching(kind, quotasOf, { onlyAfter: true })),
    reconcile: (key, context) => reconcile(key, context, usageOf),
  };
}

function quotasOf({ metadata }: KubeObject, { client }: Context): NamespacedName[] {
  const namespace = metadata.namespace ?? '';
  return client.list(resourceQuotas, namespace).map(({ metadata: { name } }) => ({ namespace, name }));
}

function reconcile(
  { namespace, name }: NamespacedName,
  { client }: Context,
  usageOf: (quota: ResourceQuota, client: Client) => Amounts,
): void {
  const quota = client.get(resourceQuotas, namespace, name);
  if (quota === undefined) return;
  const hard = formatAmounts(parseAmounts(quota.spec?.hard));
  const status = { hard, used: formatAmounts(usageOf(quota, client)) };
  if (!deepEqual(status, quota.status)) client.updateStatus(resourceQuotas, { ...quota, status });
}
