import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import { type Labels, matchesLabels } from '../../apimachinery/label-selector.ts';
import type { Workload } from '../api/objects.ts';

/** Whether a Service selects the pods of a workload. */
export function selects(service: Service, { metadata, spec }: Workload): boolean {
  return selectsLabels(service, metadata.namespace, spec.template.metadata?.labels);
}

/** Whether a Service selects a pod. */
export function selectsPod(service: Service, { metadata }: Pod): boolean {
  return selectsLabels(service, metadata.namespace, metadata.labels);
}

function selectsLabels(
  { metadata, spec }: Service,
  namespace: string | undefined,
  labels: Labels | undefined,
): boolean {
  return spec.selector !== undefined && namespace === metadata.namespace && matchesLabels(spec.selector, labels);
}
