import { expect, test } from 'vitest';
import { byKind } from '../state/select.ts';
import { DemoCluster } from '../testing/demo-cluster.ts';
import { demoTrace } from '../testing/demo-trace.ts';
import { mapRates } from './edge-rates.ts';
import { boxesOf } from './flow-path.ts';
import { litBy, wayOf } from './lit.ts';
import { buildTopology } from './topology.ts';

function scene() {
  const cluster = new DemoCluster();
  cluster.advance(60_000);
  const flows = [...cluster.flows.values()];
  return { cluster, topology: buildTopology(byKind(cluster.snapshot().objects)), flows };
}

function pathsOf({ topology, flows }: ReturnType<typeof scene>, blockOf: ReadonlyMap<string, string> = new Map()) {
  return new Map(flows.map((flow) => [flow.id, boxesOf(flow, topology).map((id) => blockOf.get(id) ?? id)]));
}

test('every number on the map is a sum of flows, so they agree with one another', () => {
  const played = scene();
  const { flows } = played;
  const rates = new Map(flows.map(({ id, n }) => [id, { perSecond: n, errorsPerSecond: 0 }]));
  const { boxes, edges } = mapRates(flows, rates, pathsOf(played));
  const total = flows.reduce((sum, { n }) => sum + n, 0);
  expect(boxes.get('client')?.perSecond).toBe(total);
  const services = ['service:svc-netflix-frontend', 'service:svc-netflix-frontend-canary'];
  expect(services.reduce((sum, id) => sum + (boxes.get(id)?.perSecond ?? 0), 0)).toBe(total);
  const nodes = [...edges.values()].filter(({ from }) => from.startsWith('lb:'));
  expect(nodes.reduce((sum, { perSecond }) => sum + perSecond, 0)).toBe(total);
  const canary = edges.get('ingress:ing-canary>service:svc-netflix-frontend-canary');
  expect(canary?.canaryPerSecond).toBe(canary?.perSecond);
});

test('pods in a block share one edge', () => {
  const played = scene();
  const { topology, flows } = played;
  const rates = new Map(flows.map(({ id }) => [id, { perSecond: 1, errorsPerSecond: 0 }]));
  const pods = topology.lanes[0]!.pods.map(({ uid }) => [`pod:${uid}`, 'pods:web'] as const);
  const { edges } = mapRates(flows, rates, pathsOf(played, new Map(pods)));
  expect(edges.has('endpoints:svc-netflix-frontend>pods:web')).toBe(true);
});

test('a trace lights its own way only: a canary that was asked and lost stays dark', () => {
  const { cluster, topology, flows } = scene();
  const way = (isCanary: boolean) => {
    const request = cluster.requests.find((one) => one.isCanary === isCanary)!;
    const trace = demoTrace(request, flows.find(({ id }) => id === request.flow)!.nodes, 5);
    return { lit: litBy(trace, topology, new Map()), way: wayOf(trace, topology, new Map()) };
  };
  expect(way(false).lit.boxes.has('ingress:ing-canary')).toBe(false);
  expect(way(true).lit.edges.has('ingress:ing-canary>service:svc-netflix-frontend-canary')).toBe(true);
  expect(way(true).way).toHaveLength(8);
  expect(way(false).way[4]).toBe('ingress:ing-netflix-frontend');
});
