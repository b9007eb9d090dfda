import { type LimitRange, type LimitRangeItem, limitRanges } from '../../../api/core-v1/limit-range.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../../api/core-v1/persistent-volume-claim.ts';
import { podLimits, podRequests } from '../../../api/core-v1/pod/pod-resources.ts';
import { type Pod, pods } from '../../../api/core-v1/pod.ts';
import { parseAmounts } from '../../../apimachinery/resource-list.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from '../admission.ts';
import { violations } from './constraints.ts';
import { setContainerDefaults } from './container-defaults.ts';

/** Keeps pods and claims within the LimitRanges of their namespace (plugin/pkg/admission/limitranger/admission.go). */
export const limitRanger: AdmissionPlugin = Object.freeze({
  name: 'LimitRanger',
  admit(request: AdmissionRequest): void {
    if (request.operation !== 'CREATE' || request.kind !== pods) return;
    for (const range of rangesFor(request)) setContainerDefaults(request.object as Pod, range);
  },
  validate(request: AdmissionRequest): void {
    for (const range of concerns(request) ? rangesFor(request) : []) {
      const items = range.spec?.limits ?? [];
      const found = [...new Set(items.flatMap((item) => violationsOf(request, item)))];
      if (found.length > 0) throw forbiddenBy(request, found.length > 1 ? `[${found.join(', ')}]` : (found[0] ?? ''));
    }
  },
});

/** Containers of a pod cannot change, so its updates are none of our business. */
function concerns({ operation, kind }: AdmissionRequest): boolean {
  return (kind === pods && operation === 'CREATE') || (kind === persistentVolumeClaims && operation !== 'DELETE');
}

function rangesFor({ object, store }: AdmissionRequest): LimitRange[] {
  return store.list(limitRanges.resource, object.metadata.namespace ?? '') as LimitRange[];
}

function violationsOf({ kind, object }: AdmissionRequest, item: LimitRangeItem): string[] {
  if (kind !== pods) return claimViolations(object as PersistentVolumeClaim, item);
  const { spec } = object as Pod;
  if (item.type === 'Pod') {
    return violations(item, { type: 'Pod', requests: podRequests(spec), limits: podLimits(spec) });
  }
  if (item.type !== 'Container') return [];
  return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources = {} }) =>
    violations(item, {
      type: 'Container',
      requests: parseAmounts(resources.requests),
      limits: parseAmounts(resources.limits),
    }),
  );
}

function claimViolations({ spec }: PersistentVolumeClaim, item: LimitRangeItem): string[] {
  if (item.type !== 'PersistentVolumeClaim') return [];
  return violations(item, { type: item.type, requests: parseAmounts(spec?.resources?.requests), limits: {} }, true);
}
