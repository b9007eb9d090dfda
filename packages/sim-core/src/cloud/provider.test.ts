import { expect, test } from 'vitest';
import { VIRTUAL_EPOCH } from '../sim/clock.ts';
import { Random } from '../sim/random.ts';
import { RealTimeClock } from '../sim/real-time-clock.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { CloudError } from './failures.ts';
import type { NodeProbe } from './health-check.ts';
import type { LoadBalancerSpec } from './load-balancer.ts';
import { type CloudParts, CloudProvider } from './provider.ts';

const TARGETS = ['a', 'b', 'c'].map((node, i) => ({ node, address: `10.0.0.${i + 1}` }));
const SPEC: LoadBalancerSpec = {
  service: 'default/web',
  scheme: 'internet-facing',
  listeners: [
    { protocol: 'TCP', port: 80, nodePort: 30080 },
    { protocol: 'UDP', port: 53, nodePort: 30053 },
  ],
  targets: TARGETS,
  healthCheck: { protocol: 'TCP' },
  sourceRanges: [],
  proxyProtocol: false,
};
const CLIENT = { address: '127.0.0.1', port: 50000 };
const EVERYTHING: NodeProbe = { tcp: () => true, http: () => 200 };

function cloudWith(parts: Partial<CloudParts> = {}) {
  const clock = new VirtualClock();
  const cloud = new CloudProvider({ clock, random: new Random(1), probe: EVERYTHING, ...parts });
  return { clock, cloud, after: (seconds: number) => clock.advanceTo(VIRTUAL_EPOCH + seconds * 1000) };
}

test('the work is done at the moment that was told, however long the call itself takes', () => {
  const wall = new VirtualClock();
  // Every look at the clock takes a millisecond, as on a busy machine.
  const slow = { now: () => wall.now() + ++looks, after: () => () => {} };
  let looks = 0;
  const clock = new RealTimeClock(() => {}, slow);
  const cloud = new CloudProvider({ clock, random: new Random(1), probe: EVERYTHING });
  const moments: number[] = [];
  cloud.onChange(() => moments.push(clock.now()));
  const { doneAt } = cloud.ensure(SPEC);
  wall.advanceTo(wall.now() + 10_000);
  clock.tick();
  expect(moments.at(-1)).toBe(doneAt);
});

function connected(cloud: CloudProvider, port = 80, address = CLIENT.address) {
  const balancer = cloud.get(SPEC.service);
  if (balancer === undefined) return 'gone';
  return cloud.connect(balancer, port, { address, port: CLIENT.port });
}

test('a load balancer is there three seconds after it was asked for, and says how long it takes', () => {
  const { cloud, after } = cloudWith();
  const balancer = cloud.ensure(SPEC);
  expect(balancer.state).toBe('provisioning');
  expect(cloud.remaining(balancer)).toBe(3000);
  expect(connected(cloud)).toBe('not-provisioned');
  after(2.999);
  expect(connected(cloud)).toBe('not-provisioned');
  after(3);
  expect(connected(cloud)).toMatchObject({ nodePort: 30080, client: CLIENT });
  expect(cloud.findByHostname(balancer.hostname)?.state).toBe('active');
});

test('with no delay it is there at once', () => {
  const { cloud } = cloudWith({ delay: 0 });
  expect(cloud.ensure(SPEC)).toMatchObject({ state: 'active', doneAt: undefined });
});

test('asking twice changes nothing; asking for more while it is made does not start over', () => {
  const { cloud, after } = cloudWith();
  cloud.ensure(SPEC);
  after(2);
  const listeners = [...SPEC.listeners, { protocol: 'TCP', port: 443, nodePort: 30443 } as const];
  expect(cloud.remaining(cloud.ensure({ ...SPEC }))).toBe(1000);
  expect(cloud.remaining(cloud.ensure({ ...SPEC, listeners }))).toBe(1000);
  after(3);
  expect(connected(cloud, 443)).toMatchObject({ nodePort: 30443 });
});

test('a change leaves the old state in force until it is made', () => {
  const { cloud, after } = cloudWith();
  cloud.ensure(SPEC);
  after(3);
  cloud.ensure({ ...SPEC, listeners: [{ protocol: 'TCP', port: 8080, nodePort: 30080 }] });
  expect(connected(cloud, 80)).toMatchObject({ nodePort: 30080 });
  expect(connected(cloud, 8080)).toBe('no-listener');
  after(6);
  expect(connected(cloud, 80)).toBe('no-listener');
  expect(connected(cloud, 8080)).toMatchObject({ nodePort: 30080 });
});

test('a deleted one stops to answer at once and is gone after the delay; a new one may take its place', () => {
  const { cloud, after } = cloudWith();
  cloud.ensure(SPEC);
  after(3);
  expect(cloud.delete(SPEC.service)?.state).toBe('deleting');
  expect(connected(cloud)).toBe('not-provisioned');
  after(6);
  expect(connected(cloud)).toBe('gone');
  expect(cloud.delete(SPEC.service)).toBeUndefined();
  cloud.ensure(SPEC);
  after(7);
  cloud.delete(SPEC.service);
  after(8);
  expect(cloud.remaining(cloud.ensure(SPEC))).toBe(3000);
  after(11);
  expect(connected(cloud)).toMatchObject({ nodePort: 30080 });
});

test('injected failures hit their Service and operation, as often as told', () => {
  const failures = [{ service: 'default/web', times: 2, message: 'TooManyLoadBalancers: limit reached' }];
  const { cloud, after } = cloudWith({ failures });
  cloud.ensure({ ...SPEC, service: 'default/other' });
  expect(() => cloud.ensure(SPEC)).toThrow(new CloudError('TooManyLoadBalancers: limit reached'));
  expect(() => cloud.ensure(SPEC)).toThrow(CloudError);
  expect(cloud.get(SPEC.service)).toBeUndefined();
  expect(cloud.ensure(SPEC).state).toBe('provisioning');
  after(3);
  cloud.fail({ operation: 'delete', message: 'OperationNotPermitted' });
  expect(() => cloud.delete(SPEC.service)).toThrow('OperationNotPermitted');
  expect(connected(cloud)).toMatchObject({ nodePort: 30080 });
});

test('connections spread over all healthy targets, the same way for the same seed', () => {
  const nodes = () => {
    const { cloud } = cloudWith({ delay: 0 });
    cloud.ensure(SPEC);
    return Array.from({ length: 300 }, () => (connected(cloud) as { node: string }).node);
  };
  const first = nodes();
  expect(nodes()).toEqual(first);
  for (const { node } of TARGETS) expect(first.filter((each) => each === node).length).toBeGreaterThan(60);
});

test('only healthy targets get connections', () => {
  const probe: NodeProbe = { tcp: (address) => address === '10.0.0.2', http: () => undefined };
  const { cloud } = cloudWith({ delay: 0, probe });
  const balancer = cloud.ensure(SPEC);
  expect(connected(cloud)).toMatchObject({ node: 'b' });
  expect(cloud.health(balancer, 80).map(({ health }) => health)).toEqual(['unhealthy', 'healthy', 'unhealthy']);
  expect(cloud.health(balancer, 81)).toEqual([]);
  cloud.ensure({ ...SPEC, healthCheck: { protocol: 'HTTP', port: 32000, path: '/healthz' } });
  expect(connected(cloud)).toBe('no-healthy-target');
});

test('an HTTP health check counts 200 to 399', () => {
  const probe: NodeProbe = { tcp: () => true, http: (address) => ({ '10.0.0.1': 503, '10.0.0.3': 399 })[address] };
  const { cloud } = cloudWith({ delay: 0, probe });
  cloud.ensure({ ...SPEC, healthCheck: { protocol: 'HTTP', port: 32000, path: '/healthz' } });
  expect(connected(cloud)).toMatchObject({ node: 'c' });
});

test('source ranges and ports without listener keep clients out', () => {
  const { cloud } = cloudWith({ delay: 0 });
  cloud.ensure({ ...SPEC, sourceRanges: ['10.0.0.0/8'] });
  expect(connected(cloud)).toBe('source-not-allowed');
  expect(connected(cloud, 80, '10.1.1.1')).toMatchObject({ nodePort: 30080 });
  expect(connected(cloud, 81, '10.1.1.1')).toBe('no-listener');
  expect(connected(cloud, 53, '10.1.1.1')).toBe('no-listener');
});

test('tells of every change', () => {
  const { cloud, after } = cloudWith();
  const states: (string | undefined)[] = [];
  const stop = cloud.onChange((service) => states.push(cloud.get(service)?.state));
  cloud.ensure(SPEC);
  after(3);
  cloud.updateTargets(SPEC.service, TARGETS.slice(1));
  after(6);
  cloud.delete(SPEC.service);
  after(9);
  stop();
  cloud.ensure(SPEC);
  expect(states).toEqual(['provisioning', 'active', 'active', 'active', 'deleting', undefined]);
});
