import { expect, test } from 'vitest';
import { events } from '../api/core-v1/event.ts';
import { type Node, nodes } from '../api/core-v1/node.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { Client } from '../client/client.ts';
import type { CloudFailure } from '../cloud/failures.ts';
import { loadBalancerHostname } from '../cloud/hostname.ts';
import { CloudProvider } from '../cloud/provider.ts';
import { Manager } from '../controller-runtime/manager.ts';
import { Store } from '../etcd/store.ts';
import { Registry } from '../kube-apiserver/registry.ts';
import { VIRTUAL_EPOCH } from '../sim/clock.ts';
import { Random } from '../sim/random.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { serviceLoadBalancerController } from './service-loadbalancer.ts';

const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';
const HOSTNAME = loadBalancerHostname('default', 'web');
const ENSURING = ['Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer'];
const ENSURED = ['Normal', 'EnsuredLoadBalancer', 'Ensured load balancer'];
const DELETING = ['Normal', 'DeletingLoadBalancer', 'Deleting load balancer'];
const DELETED = ['Normal', 'DeletedLoadBalancer', 'Deleted load balancer'];

function testCluster(failures: CloudFailure[] = [], nodeNames = ['a', 'b']) {
  const store = new Store();
  const clock: VirtualClock = new VirtualClock(VIRTUAL_EPOCH, () => manager.settle());
  const random = new Random(1);
  const allocator = { allocate: () => {}, release: () => {} };
  const registry = new Registry({ store, clock, random, admission: [], services: allocator });
  const client = new Client(store, registry, 'test');
  const cloud = new CloudProvider({ clock, random, failures, probe: { tcp: () => true, http: () => 200 } });
  const manager = new Manager({
    store,
    clock,
    clientFor: (user) => new Client(store, registry, user),
    onFailure: (controller, key, error) => {
      throw new Error(`${controller} ${key}`, { cause: error });
    },
  });
  manager.add(serviceLoadBalancerController(cloud));
  for (const name of nodeNames) client.create(nodes, node(name));
  const told: string[][] = [];
  client.watch(events, ({ object, type }) => {
    if (type !== 'DELETED') told.push([object.type, object.reason, object.message]);
  });
  return {
    client,
    cloud,
    manager,
    clock,
    told,
    web: () => client.get(services, 'default', 'web'),
    ingress: () => client.get(services, 'default', 'web')?.status?.loadBalancer?.ingress,
    at: (seconds: number) => clock.advanceTo(VIRTUAL_EPOCH + seconds * 1000),
    create: (spec: Partial<Service['spec']> = {}) => {
      client.create(services, service(spec));
      manager.settle();
    },
    change: (edit: (old: Service) => Service) => {
      client.update(services, edit(client.get(services, 'default', 'web') as Service));
      manager.settle();
    },
  };
}

function service(spec: Partial<Service['spec']>): Service {
  const ports = [{ port: 80, nodePort: 30080 }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { type: 'LoadBalancer', ports, ...spec },
  };
}

function node(name: string): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address: `ip-${name}` }] },
  };
}

test('pending first, with the finalizer on; the address comes when the cloud is done', () => {
  const cluster = testCluster();
  cluster.create();
  expect(cluster.told).toEqual([ENSURING]);
  expect(cluster.web()?.metadata.finalizers).toEqual([FINALIZER]);
  expect(cluster.ingress()).toBeUndefined();
  cluster.at(2.999);
  expect(cluster.ingress()).toBeUndefined();
  cluster.at(3);
  expect(cluster.told).toEqual([ENSURING, ENSURED]);
  expect(cluster.ingress()).toEqual([{ hostname: HOSTNAME }]);
  expect(cluster.client.list(events)[0]?.source).toEqual({ component: 'service-controller' });
});

test('reconciling again and again changes nothing', () => {
  const cluster = testCluster();
  cluster.create();
  cluster.at(3);
  const { revision } = cluster.client;
  cluster.change((old) => ({ ...old, metadata: { ...old.metadata, labels: { color: 'blue' } } }));
  cluster.at(1000);
  expect(cluster.client.revision).toBe(revision + 1);
});

test('other types and Services with a class are left alone', () => {
  const cluster = testCluster();
  cluster.create({ loadBalancerClass: 'example.com/mine' });
  cluster.client.create(services, {
    ...service({ type: 'ClusterIP' }),
    metadata: { name: 'inside', namespace: 'default' },
  });
  cluster.at(100);
  expect(cluster.told).toEqual([]);
  expect(cluster.web()?.metadata.finalizers).toBeUndefined();
  expect(cluster.cloud.list()).toEqual([]);
});

test("a refusal is told in the Service's events and tried again after 5 s, 10 s, 20 s … 300 s", () => {
  const cluster = testCluster([{ service: 'default/web', times: 9, message: 'TooManyLoadBalancers: limit reached' }]);
  cluster.create();
  const attempts = [0];
  cluster.client.watch(events, ({ object }) => {
    if (object.reason === 'SyncLoadBalancerFailed') attempts.push((cluster.clock.now() - VIRTUAL_EPOCH) / 1000);
  });
  cluster.at(2000);
  expect(attempts).toEqual([0, 5, 15, 35, 75, 155, 315, 615, 915]);
  expect(cluster.told[1]).toEqual([
    'Warning',
    'SyncLoadBalancerFailed',
    'Error syncing load balancer: failed to ensure load balancer: TooManyLoadBalancers: limit reached',
  ]);
  expect(cluster.told.slice(-2)).toEqual([ENSURING, ENSURED]);
  expect(cluster.ingress()).toEqual([{ hostname: HOSTNAME }]);
});

test('a change of the Service during the back-off is tried at once; a change that does not concern it is not', () => {
  const cluster = testCluster([{ message: 'no' }, { message: 'no' }]);
  cluster.create();
  cluster.change((old) => ({ ...old, metadata: { ...old.metadata, labels: { color: 'blue' } } }));
  expect(cluster.told.filter(([, reason]) => reason === 'SyncLoadBalancerFailed')).toHaveLength(1);
  cluster.change((old) => ({ ...old, spec: { ...old.spec, ports: [{ port: 81, nodePort: 30081 }] } }));
  expect(cluster.told.filter(([, reason]) => reason === 'SyncLoadBalancerFailed')).toHaveLength(2);
});

test('a deleted Service stays until its load balancer is gone', () => {
  const cluster = testCluster();
  cluster.create();
  cluster.at(3);
  cluster.client.delete(services, 'default', 'web');
  cluster.manager.settle();
  expect(cluster.told.slice(2)).toEqual([DELETING]);
  expect(cluster.web()?.metadata.deletionTimestamp).toBeDefined();
  cluster.at(6);
  expect(cluster.told.slice(2)).toEqual([DELETING, DELETED]);
  expect(cluster.web()).toBeUndefined();
  expect(cluster.cloud.list()).toEqual([]);
});

test('a Service is deleted at once although its creation failed and waits for the next try', () => {
  const cluster = testCluster([{ times: 100, message: 'no' }]);
  cluster.create();
  cluster.at(400);
  cluster.client.delete(services, 'default', 'web');
  cluster.manager.settle();
  expect(cluster.web()).toBeUndefined();
});

test('a failed deletion is told and tried again', () => {
  const cluster = testCluster([{ operation: 'delete', message: 'ResourceInUse' }]);
  cluster.create();
  cluster.at(3);
  cluster.client.delete(services, 'default', 'web');
  cluster.manager.settle();
  expect(cluster.told.at(-1)).toEqual([
    'Warning',
    'SyncLoadBalancerFailed',
    'Error syncing load balancer: failed to delete load balancer: ResourceInUse',
  ]);
  cluster.at(8);
  expect(cluster.told.at(-1)).toEqual(DELETING);
  cluster.at(11);
  expect(cluster.web()).toBeUndefined();
});

test('another type releases the load balancer and clears the address; back again makes a new one', () => {
  const cluster = testCluster();
  cluster.create();
  cluster.at(3);
  cluster.change((old) => ({ ...old, spec: { ...old.spec, type: 'ClusterIP' } }));
  cluster.at(6);
  expect(cluster.told.slice(2)).toEqual([['Normal', 'Type', 'LoadBalancer -> ClusterIP'], DELETING, DELETED]);
  expect(cluster.web()?.metadata.finalizers).toBeUndefined();
  expect(cluster.web()?.status).toEqual({ loadBalancer: {} });
  cluster.change((old) => ({ ...old, spec: { ...old.spec, type: 'LoadBalancer' } }));
  cluster.at(9);
  expect(cluster.ingress()).toEqual([{ hostname: HOSTNAME }]);
  expect(cluster.told.some(([, , message]) => message === 'ClusterIP -> LoadBalancer')).toBe(true);
});

test("changed ports and policies reach the cloud, with upstream's events", () => {
  const cluster = testCluster();
  cluster.create({ externalTrafficPolicy: 'Cluster' });
  cluster.at(3);
  cluster.change((old) => ({
    ...old,
    spec: { ...old.spec, externalTrafficPolicy: 'Local', healthCheckNodePort: 32000 },
  }));
  cluster.change((old) => ({ ...old, spec: { ...old.spec, loadBalancerSourceRanges: ['10.0.0.0/8', '1.0.0.0/8'] } }));
  cluster.at(20);
  const reasons = cluster.told.map(([, reason, message]) => `${reason}: ${message}`);
  expect(reasons).toContain('ExternalTrafficPolicy: Cluster -> Local');
  expect(reasons).toContain('LoadBalancerSourceRanges: [] -> [10.0.0.0/8 1.0.0.0/8]');
  expect(cluster.cloud.get('default/web')?.spec).toMatchObject({
    healthCheck: { protocol: 'HTTP', port: 32000 },
    sourceRanges: ['10.0.0.0/8', '1.0.0.0/8'],
  });
});

test('nodes that come and go are registered and deregistered', () => {
  const cluster = testCluster([{ operation: 'update', message: 'Throttling' }]);
  cluster.create();
  cluster.at(3);
  cluster.client.create(nodes, node('c'));
  cluster.manager.settle();
  expect(cluster.told.at(-1)).toEqual([
    'Warning',
    'UpdateLoadBalancerFailed',
    'Error updating load balancer with new hosts [a b c] [node names limited, total number of nodes: 3], error: Throttling',
  ]);
  cluster.at(103);
  cluster.at(106);
  expect(cluster.told.at(-1)).toEqual(['Normal', 'UpdatedLoadBalancer', 'Updated load balancer with new hosts']);
  expect(cluster.cloud.get('default/web')?.spec.targets.map((target) => target.node)).toEqual(['a', 'b', 'c']);
});

test('without nodes there is a warning, and an address all the same', () => {
  const cluster = testCluster([], []);
  cluster.create();
  cluster.at(3);
  expect(cluster.told).toEqual([
    ENSURING,
    ['Warning', 'UnAvailableLoadBalancer', 'There are no available nodes for LoadBalancer'],
    ENSURED,
  ]);
  expect(cluster.ingress()).toEqual([{ hostname: HOSTNAME }]);
});

test('a Service whose finalizer was taken off by force leaves no load balancer behind, and can be made again', () => {
  const cluster = testCluster();
  cluster.create();
  cluster.at(3);
  cluster.change((old) => ({ ...old, metadata: { ...old.metadata, finalizers: [] } }));
  cluster.client.delete(services, 'default', 'web');
  cluster.manager.settle();
  expect(cluster.cloud.get('default/web')?.state).toBe('deleting');
  cluster.create();
  cluster.at(4);
  expect(cluster.ingress()).toBeUndefined();
  cluster.at(9);
  expect(cluster.ingress()).toEqual([{ hostname: HOSTNAME }]);
});

test('an address that somebody wiped comes back', () => {
  const cluster = testCluster();
  cluster.create();
  cluster.at(3);
  cluster.client.updateStatus(services, { ...(cluster.web() as Service), status: { loadBalancer: {} } });
  cluster.manager.settle();
  expect(cluster.ingress()).toEqual([{ hostname: HOSTNAME }]);
});
