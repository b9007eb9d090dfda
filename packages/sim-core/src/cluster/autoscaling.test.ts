import { expect, test } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { horizontalPodAutoscalers } from '../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import { events } from '../api/core-v1/event.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { createCluster } from '../cluster.ts';

const MINUTE = 60_000;

test('load makes an autoscaler add pods, its end takes them away again', () => {
  const cluster = createCluster();
  const labels = { app: 'web' };
  const resources = { requests: { cpu: '100m' } };
  const containers = [{ name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }], resources }];
  cluster.applyObjects([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      ...{ spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      ...{ spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
    },
    {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      ...{
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          maxReplicas: 8,
          targetCPUUtilizationPercentage: 50,
        },
      },
    },
  ]);
  const replicas = () => cluster.client.get(deployments, 'default', 'web')?.status?.readyReplicas;
  const target = () =>
    cluster.client.get(horizontalPodAutoscalers, 'default', 'web')?.status?.currentMetrics?.[0]?.resource?.current;
  cluster.advance(6 * MINUTE);
  expect(replicas()).toBe(1);
  expect(target()).toEqual({ averageUtilization: 1, averageValue: '1m' });
  const { status } = cluster.client.get(services, 'default', 'web') as Service;
  // 60 requests a second cost 300 millicores: six pods at half of what they request.
  const url = `http://${status?.loadBalancer?.ingress?.[0]?.hostname}/`;
  const load = cluster.loads.start({ url, rate: 60, newConnections: true });
  cluster.advance(3 * MINUTE);
  expect(replicas()).toBeGreaterThanOrEqual(6);
  expect(replicas()).toBeLessThanOrEqual(7);
  expect(load.failed).toBe(0);
  cluster.loads.stopAll();
  cluster.advance(4 * MINUTE);
  expect(replicas()).toBeGreaterThanOrEqual(6);
  cluster.advance(3 * MINUTE);
  expect(replicas()).toBe(1);
  const told = cluster.client.list(events, 'default').filter(({ reason }) => reason === 'SuccessfulRescale');
  expect(told.at(-1)?.message).toBe('New size: 1; reason: All metrics below target');
  cluster.stop();
});
