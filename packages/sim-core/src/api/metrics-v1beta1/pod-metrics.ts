import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../apimachinery/quantity.ts';
import { addAmounts, parseAmounts } from '../../apimachinery/resource-list.ts';
import { column, NAME } from '../columns.ts';

/** Amounts that are used now: cpu and memory. */
export type Usage = Record<'cpu' | 'memory', string>;

/** metrics.k8s.io/v1beta1 PodMetrics: computed, never stored. */
export interface PodMetrics {
  apiVersion: 'metrics.k8s.io/v1beta1';
  kind: 'PodMetrics';
  metadata: ObjectMeta;
  timestamp: string;
  /** Over how long the use was measured, as `15s`. */
  window: string;
  containers: { name: string; usage: Usage }[];
}

/** `25m` and `31Mi`, as the metrics-server's table prints them. */
export function formatUsage({ cpu, memory }: Usage): { cpu: string; memory: string } {
  const bytes = quantityValue(parseQuantity(memory));
  return { cpu: `${quantityMilliValue(parseQuantity(cpu))}m`, memory: `${Math.floor(bytes / 1024 / 1024)}Mi` };
}

function total({ containers }: PodMetrics): Usage {
  const nothing = parseAmounts({ cpu: '0', memory: '0' });
  const sum = containers.reduce((all, { usage }) => addAmounts(all, parseAmounts(usage)), nothing);
  return { cpu: `${sum.cpu?.nanos ?? 0n}n`, memory: String(quantityValue(sum.memory ?? parseQuantity('0'))) };
}

export const podMetrics = defineKind<PodMetrics>({
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'PodMetrics',
  resource: 'pods',
  singular: 'pod',
  namespaced: true,
  verbs: ['get', 'list'],
  columns: [
    NAME,
    column('CPU', (metrics) => formatUsage(total(metrics)).cpu),
    column('Memory', (metrics) => formatUsage(total(metrics)).memory),
    column('Window', ({ window }) => window),
  ],
});
