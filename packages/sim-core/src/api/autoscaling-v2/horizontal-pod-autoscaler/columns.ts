import type { MetricSpec } from '../horizontal-pod-autoscaler.ts';

/** Targets of the metrics; nothing measures them here, so what is current is unknown (`formatHPAMetrics`). */
export function formatMetrics(metrics: readonly MetricSpec[]): string {
  if (metrics.length === 0) return '<none>';
  const texts = metrics.slice(0, 2).map(({ resource }) => {
    if (resource === undefined) return '<unknown>/<auto>';
    const { name, target } = resource;
    const { averageUtilization, averageValue } = target;
    return `${name}: <unknown>/${averageUtilization === undefined ? (averageValue ?? '<auto>') : `${averageUtilization}%`}`;
  });
  return metrics.length > 2 ? `${texts.join(', ')} + ${metrics.length - 2} more...` : texts.join(', ');
}
