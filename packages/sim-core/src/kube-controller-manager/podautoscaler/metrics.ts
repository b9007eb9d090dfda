import type { Pod } from '../../api/core-v1/pod.ts';
import type { PodMetrics } from '../../api/metrics-v1beta1/pod-metrics.ts';
import { parseQuantity, quantityMilliValue } from '../../apimachinery/quantity.ts';
import { parseTime } from '../../sim/clock.ts';

/** What one pod uses of a resource, in thousandths, and when that was measured. */
export interface PodMetric {
  readonly value: number;
  /** Cluster time, milliseconds. */
  readonly at: number;
  /** Milliseconds over which it was measured. */
  readonly window: number;
}

/** By the name of the pod. */
export type PodMetricsInfo = Map<string, PodMetric>;

/**
 * What the selected pods use of a resource, all their containers or one (podautoscaler/metrics/client.go).
 * @throws Error in upstream's words when nothing is known
 */
export function resourceMetrics(
  all: readonly PodMetrics[],
  selected: readonly Pod[],
  resource: string,
  container: string | undefined,
): PodMetricsInfo {
  const names = new Set(selected.map(({ metadata }) => metadata.name));
  const known = all.filter(({ metadata }) => names.has(metadata.name));
  if (known.length === 0) throw new Error('no metrics returned from resource metrics API');
  const metrics: PodMetricsInfo = new Map();
  for (const each of known) {
    const value = usage(each, resource, container);
    if (value === undefined) continue;
    const at = parseTime(each.timestamp);
    metrics.set(each.metadata.name, { value, at, window: Number.parseFloat(each.window) * 1000 });
  }
  return metrics;
}

/** @throws Error when the pod has no such container */
function usage({ containers, metadata }: PodMetrics, resource: string, container: string | undefined) {
  const named = containers.filter(({ name }) => container === undefined || name === container);
  if (named.length === 0)
    throw new Error(`container ${container} not present in metrics for pod ${metadata.namespace}/${metadata.name}`);
  let sum = 0;
  for (const each of named) {
    const amount = resource === 'cpu' || resource === 'memory' ? each.usage[resource] : undefined;
    if (amount === undefined) return undefined;
    sum += quantityMilliValue(parseQuantity(amount));
  }
  return sum;
}

/** The pods' use as a share of what they request, and how far that is from the target (GetResourceUtilizationRatio). */
export function utilizationRatio(
  metrics: PodMetricsInfo,
  requests: ReadonlyMap<string, number>,
  target: number,
): { ratio: number; utilization: number; average: number } {
  let used = 0;
  let requested = 0;
  let pods = 0;
  for (const [name, { value }] of metrics) {
    const request = requests.get(name);
    if (request === undefined) continue;
    used += value;
    requested += request;
    pods++;
  }
  if (requested === 0) throw new Error('no metrics returned matched known pods');
  const utilization = Math.trunc((used * 100) / requested);
  return { ratio: utilization / target, utilization, average: Math.trunc(used / pods) };
}

/** The pods' average use, and how far that is from the target (GetMetricUsageRatio). */
export function usageRatio(metrics: PodMetricsInfo, target: number): { ratio: number; average: number } {
  let sum = 0;
  for (const { value } of metrics.values()) sum += value;
  const average = Math.trunc(sum / metrics.size);
  return { ratio: average / target, average };
}
