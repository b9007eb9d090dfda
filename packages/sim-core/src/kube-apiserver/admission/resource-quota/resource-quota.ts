import { type ResourceQuota, resourceQuotas } from '../../../api/core-v1/resource-quota.ts';
import type { Evaluator } from '../../../api/quota/evaluator.ts';
import { quotaEvaluators, quotaMatches } from '../../../api/quota/quotas.ts';
import { deepEqual } from '../../../apimachinery/deep.ts';
import { compareQuantities } from '../../../apimachinery/quantity.ts';
import {
  type Amounts,
  addAmounts,
  formatAmounts,
  maskAmounts,
  parseAmounts,
  printAmounts,
  subtractAmounts,
} from '../../../apimachinery/resource-list.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from '../admission.ts';

/** A quota as it becomes with the write. */
interface Charged {
  readonly quota: ResourceQuota;
  readonly used: Amounts;
}

/**
 * Refuses what would exceed a ResourceQuota of the namespace, and counts what it lets through, so that many writes
 * between two looks of the controller add up (k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go, CheckRequest).
 */
export function resourceQuota(): AdmissionPlugin {
  const evaluatorFor = quotaEvaluators();
  return {
    name: 'ResourceQuota',
    validate(request: AdmissionRequest): void {
      const { kind, object, operation, store } = request;
      if (operation === 'DELETE' || !kind.namespaced) return;
      const quotas = store.list(resourceQuotas.resource, object.metadata.namespace ?? '') as ResourceQuota[];
      if (quotas.length === 0) return;
      const evaluator = evaluatorFor(kind);
      if (!evaluator.handles(operation)) return;
      const charged = charge(request, quotas, evaluator);
      if (request.dryRun === true) return;
      for (const { quota, used } of charged) {
        const status = { ...quota.status, used: formatAmounts(used) };
        if (!deepEqual(status, quota.status))
          store.put(resourceQuotas.resource, { ...quota, metadata: { ...quota.metadata }, status });
      }
    },
  };
}

/** @throws StatusError Forbidden for the first quota that does not allow it */
function charge(request: AdmissionRequest, quotas: readonly ResourceQuota[], evaluator: Evaluator): Charged[] {
  const { object, old } = request;
  const concerned = quotas.filter((quota) => quotaMatches(quota, hardNames(quota), evaluator, object));
  for (const quota of concerned) refuseUnknown(request, quota, evaluator);
  if (concerned.length === 0) return [];
  const usage = evaluator.usage(object);
  const difference = withoutZeros(old === undefined ? usage : subtractAmounts(usage, evaluator.usage(old)));
  return concerned.map((quota) => ({ quota, used: addUsage(request, quota, difference) }));
}

function hardNames({ status }: ResourceQuota): string[] {
  return Object.keys(status?.hard ?? {});
}

/** What the quota counts has to be said, and how much of it is used has to be known. */
function refuseUnknown(request: AdmissionRequest, quota: ResourceQuota, evaluator: Evaluator): void {
  const { name } = quota.metadata;
  const counted = evaluator.matchingResources(hardNames(quota));
  const missing = evaluator.missing?.(counted, request.object);
  if (missing !== undefined) throw forbiddenBy(request, `failed quota: ${name}: ${missing}`);
  if (counted.every((resource) => quota.status?.used?.[resource] !== undefined)) return;
  throw forbiddenBy(request, `status unknown for quota: ${name}, resources: ${counted.sort().join(',')}`);
}

function addUsage(request: AdmissionRequest, quota: ResourceQuota, difference: Amounts): Amounts {
  const hard = parseAmounts(quota.status?.hard);
  const used = parseAmounts(quota.status?.used);
  const requested = maskAmounts(difference, Object.keys(hard));
  const next = addAmounts(used, requested);
  const exceeded = Object.keys(requested).filter((name) => {
    const [amount, limit] = [next[name], hard[name]];
    return amount !== undefined && limit !== undefined && compareQuantities(amount, limit) > 0;
  });
  if (exceeded.length === 0) return next;
  const print = (amounts: Amounts) => printAmounts(maskAmounts(amounts, exceeded));
  const figures = `requested: ${print(requested)}, used: ${print(used)}, limited: ${print(hard)}`;
  throw forbiddenBy(request, `exceeded quota: ${quota.metadata.name}, ${figures}`);
}

function withoutZeros(amounts: Amounts): Amounts {
  return Object.fromEntries(Object.entries(amounts).filter(([, { nanos }]) => nanos !== 0n));
}
