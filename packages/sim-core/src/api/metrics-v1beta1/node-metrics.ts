import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { column, NAME } from '../columns.ts';
import { formatUsage, type Usage } from './pod-metrics.ts';

/** metrics.k8s.io/v1beta1 NodeMetrics: computed, never stored. */
export interface NodeMetrics {
  apiVersion: 'metrics.k8s.io/v1beta1';
  kind: 'NodeMetrics';
  metadata: ObjectMeta;
  timestamp: string;
  /** Over how long the use was measured, as `15s`. */
  window: string;
  usage: Usage;
}

export const nodeMetrics = defineKind<NodeMetrics>({
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'NodeMetrics',
  resource: 'nodes',
  singular: 'node',
  namespaced: false,
  verbs: ['get', 'list'],
  columns: [
    NAME,
    column('CPU', ({ usage }) => formatUsage(usage).cpu),
    column('Memory', ({ usage }) => formatUsage(usage).memory),
    column('Window', ({ window }) => window),
  ],
});
