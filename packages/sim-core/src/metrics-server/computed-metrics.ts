import { nodeMetrics } from '../api/metrics-v1beta1/node-metrics.ts';
import { podMetrics } from '../api/metrics-v1beta1/pod-metrics.ts';
import type { ComputedKind } from '../kube-apiserver/computed.ts';
import type { MetricsServer } from './metrics-server.ts';

/** What the metrics-server adds to the API: metrics.k8s.io/v1beta1 (nodes, pods). */
export function computedMetrics(server: MetricsServer): ComputedKind[] {
  return [
    {
      kind: nodeMetrics,
      list: () => server.nodes(),
      get: (_namespace, name) => server.nodes().find(({ metadata }) => metadata.name === name),
    },
    {
      kind: podMetrics,
      list: (namespace) => server.pods(namespace),
      get: (namespace, name) => server.pods(namespace).find(({ metadata }) => metadata.name === name),
    },
  ];
}
