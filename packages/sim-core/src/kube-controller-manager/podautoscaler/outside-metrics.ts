import type { MetricSpec } from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { Failure } from './compute-replicas.ts';

const NO_CUSTOM =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';
const NO_EXTERNAL =
  'unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered';

/** Metrics that an adapter would serve: this cluster, as most, has none. */
export function outsideMetricError({ type, pods, object, external }: MetricSpec, namespace: string): Failure {
  if (type === 'Pods') {
    const message = `unable to get metric ${pods?.metric.name}: ${NO_CUSTOM}`;
    return { reason: 'FailedGetPodsMetric', message, summary: `failed to get pods metric value: ${message}` };
  }
  if (type === 'Object') {
    const { kind = '', name = '' } = object?.describedObject ?? {};
    // Upstream's arguments stand in this order.
    const message = `unable to get metric ${object?.metric.name}: ${kind} on ${namespace} ${name}/${NO_CUSTOM}`;
    return { reason: 'FailedGetObjectMetric', message, summary: `failed to get object metric value: ${message}` };
  }
  if (type === 'External') {
    const { name = '', selector } = external?.metric ?? {};
    const message = `unable to get external metric ${namespace}/${name}/${goSelector(selector)}: ${NO_EXTERNAL}`;
    const summary = `failed to get ${name} external metric value: ${message}`;
    return { reason: 'FailedGetExternalMetric', message, summary };
  }
  const message = `unknown metric source type ${JSON.stringify(type)}`;
  return { reason: 'InvalidMetricSourceType', message, summary: message };
}

/** A selector as Go prints it with %+v. */
function goSelector(selector: LabelSelector | undefined): string {
  if (selector === undefined) return 'nil';
  const labels = Object.entries(selector.matchLabels ?? {}).sort();
  const rows = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  const map = labels.map(([key, value]) => `${key}: ${value},`).join('');
  return `&LabelSelector{MatchLabels:map[string]string{${map}},MatchExpressions:[]LabelSelectorRequirement{${rows.join('')}},}`;
}
