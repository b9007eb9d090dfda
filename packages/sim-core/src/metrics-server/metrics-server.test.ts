import { expect, test } from 'vitest';
import { type Service, services } from '../api/core-v1/service.ts';
import { type Cluster, createCluster } from '../cluster.ts';
import { defaultSettings } from '../scenario/settings.ts';

function start(cpuPerRequest?: number) {
  const image = { match: '*', ...(cpuPerRequest !== undefined && { cpuPerRequest }) };
  const cluster = createCluster({ settings: { ...defaultSettings(), images: [image] } });
  const spec = {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'web:1',
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '200m', memory: '256Mi' } },
          },
          { name: 'side', image: 'side:1' },
        ],
      },
    },
  };
  cluster.applyObjects([
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, ...{ spec } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      ...{ spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } },
    },
  ]);
  cluster.advance(10_000);
  return cluster;
}

function load(cluster: Cluster, rate: number): void {
  const { status } = cluster.client.get(services, 'default', 'web') as Service;
  const { hostname } = status?.loadBalancer?.ingress?.[0] ?? {};
  cluster.loads.start({ url: `http://${hostname}/`, rate, newConnections: true });
}

const cpu = (cluster: Cluster, container = 'web') =>
  cluster.metrics
    .pods('default')
    .map(
      ({ containers }) => Number(containers.find(({ name }) => name === container)?.usage.cpu.replace('n', '')) / 1e6,
    );

test('pods cost what their requests cost, and nearly nothing without', () => {
  const cluster = start();
  expect(cpu(cluster)).toEqual([1, 1]);
  load(cluster, 20);
  cluster.advance(60_000);
  const used = cpu(cluster);
  expect((used[0] as number) + (used[1] as number)).toBeCloseTo(2 + 20 * 5, 0);
  expect(cpu(cluster, 'side')).toEqual([1, 1]);
  cluster.loads.stopAll();
  cluster.advance(60_000);
  expect(cpu(cluster)).toEqual([1, 1]);
});

test('no container uses more than its limit; the Scenario sets the price', () => {
  const cluster = start(100);
  load(cluster, 20);
  cluster.advance(60_000);
  expect(cpu(cluster)).toEqual([200, 200]);
});

test('what is told of pods and nodes', () => {
  const cluster = start();
  const [first] = cluster.metrics.pods();
  expect(first).toMatchObject({
    kind: 'PodMetrics',
    metadata: { namespace: 'default', labels: { app: 'web' } },
    timestamp: '2026-01-01T00:00:00Z',
    window: '15s',
    containers: [
      { name: 'web', usage: { cpu: '1000000n', memory: expect.stringMatching(/^\d+Ki$/) } },
      { name: 'side' },
    ],
  });
  expect(cluster.metrics.pods('kube-system')).toEqual([]);
  const nodes = cluster.metrics.nodes();
  expect(nodes.map(({ metadata }) => metadata.name)).toEqual(['node-1', 'node-2', 'node-3']);
  const sum = nodes.reduce((all, { usage }) => all + Number(usage.cpu.replace('n', '')), 0);
  expect(sum / 1e6).toBe(3 * 60 + 4);
});
