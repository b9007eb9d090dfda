import type { WireObject } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { byKind } from '../state/select.ts';
import { DemoCluster } from '../testing/demo-cluster.ts';
import * as make from '../testing/objects.ts';
import { boxesOf } from './flow-path.ts';
import { buildTopology, endpointsId, type MapEdge, type Topology } from './topology.ts';

const topologyOf = (...objects: WireObject[]): Topology => buildTopology(byKind(objects));
const edgesFrom = ({ edges }: Topology, from: string): MapEdge[] => edges.filter((edge) => edge.from === from);

test('main and canary stand together, above what is only used inside', () => {
  const { lanes } = topologyOf(...new DemoCluster().snapshot().objects);
  expect(lanes.map(({ service, role, reach, pods }) => [service.name, role, reach, pods.length])).toEqual([
    ['netflix-frontend', 'main', 'ingress', 2],
    ['netflix-frontend-canary', 'canary', 'ingress', 1],
    ['netflix-movie-catalog-service', 'plain', 'inside', 1],
  ]);
});

test("the controller's own Services and the cluster's machinery are no lanes", () => {
  const controller = make.controllerPod();
  const labels = { 'app.kubernetes.io/component': 'controller' };
  const { lanes, controllers } = topologyOf(
    { ...controller, labels },
    make.service('ingress-nginx-controller', [], { namespace: 'ingress-nginx', selector: labels }),
    make.service('ingress-nginx-controller-admission', [], { namespace: 'ingress-nginx', selector: labels }),
    make.service('kubernetes', [], { selector: {} }),
    make.service('kube-dns', [], { namespace: 'kube-system' }),
  );
  expect(lanes).toEqual([]);
  expect(controllers).toHaveLength(1);
});

test('a pod that no Service selects is shown apart; one that has finished is not', () => {
  const { loosePods } = topologyOf(
    make.pod({ app: 'lonely', suffix: 'a' }),
    make.pod({ app: 'job', suffix: 'b', status: 'Completed', isReady: false }),
  );
  expect(loosePods.map(({ name }) => name)).toEqual(['lonely-a']);
});

test('a load balancer leads over its healthy nodes to the controllers; an unhealthy node leads nowhere', () => {
  const targets = [
    { node: 'node-1', healthy: true },
    { node: 'node-2', healthy: false },
  ];
  const topology = topologyOf(make.node(1), make.node(2), make.controllerPod(), make.loadBalancer({ targets }));
  expect(edgesFrom(topology, 'lb:svc-ingress-nginx-controller').map(({ to, state }) => [to, state])).toEqual([
    ['node:node-1', 'ready'],
    ['node:node-2', 'planned'],
  ]);
  expect(edgesFrom(topology, 'node:node-1')).toHaveLength(1);
  expect(edgesFrom(topology, 'node:node-2')).toHaveLength(0);
});

test('a pending load balancer shows where it will lead', () => {
  const pending = make.loadBalancer({ state: 'pending', hostname: '', targets: [] });
  const topology = topologyOf(make.node(1), make.node(2), make.controllerPod(), pending);
  expect(topology.edges.every(({ state }) => state === 'planned')).toBe(true);
  expect(edgesFrom(topology, 'node:node-2')).toHaveLength(1);
});

test('a load balancer of a Service leads to that Service', () => {
  const service = make.service('web', [], { uid: 'svc-web', type: 'LoadBalancer' });
  const balancer = make.loadBalancer({ uid: 'svc-web', namespace: 'default', name: 'web', ingress: false });
  const topology = topologyOf(make.node(1), service, balancer);
  expect(topology.lanes[0]?.reach).toBe('load-balancer');
  expect(edgesFrom(topology, 'node:node-1').map(({ to }) => to)).toEqual(['service:svc-web']);
});

test('a Service that selects nothing ends in a dead edge, a pod that is not ready in a planned one', () => {
  const waiting = make.pod({ app: 'web', suffix: 'a', isReady: false });
  const topology = topologyOf(waiting, make.service('web', [waiting]), make.service('empty'));
  expect(edgesFrom(topology, 'service:svc-empty')[0]?.state).toBe('dead');
  expect(edgesFrom(topology, endpointsId('svc-web'))[0]?.state).toBe('planned');
});

test('an Ingress that nobody serves has no edge from the controller', () => {
  const topology = topologyOf(make.controllerPod(), make.ingress('web', 'web', { served: false }), make.service('web'));
  expect(edgesFrom(topology, 'pod:ingress-nginx-controller-7c5d9-k2x8p')).toEqual([]);
  expect(edgesFrom(topology, 'ingress:ing-web')[0]?.state).toBe('planned');
});

test('objects with holes in them are shown all the same', () => {
  const topology = topologyOf(
    make.ingress('bare', '', { rules: [], className: '', address: '' }),
    make.service('selectorless', [], { selector: {}, ports: '', clusterIP: 'None' }),
    make.pod({ app: 'x'.repeat(253), suffix: 'y', ip: '', images: [], labels: {} }),
    make.loadBalancer({ ports: [], targets: [] }),
  );
  expect(topology.ingresses).toHaveLength(1);
  expect(topology.lanes).toHaveLength(1);
});

test("a flow passes the endpoints, and a canary's the canary's rule", () => {
  const topology = topologyOf(...new DemoCluster().snapshot().objects);
  const nodes = ['client', 'ingress:ing-netflix-frontend', 'service:svc-netflix-frontend-canary', 'pod:p'];
  expect(boxesOf({ nodes, canary: true }, topology)).toEqual([
    'client',
    'ingress:ing-canary',
    'service:svc-netflix-frontend-canary',
    'endpoints:svc-netflix-frontend-canary',
    'pod:p',
  ]);
});
