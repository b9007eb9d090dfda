import { describe, expect, test } from 'vitest';
import { validatingWebhookConfigurations } from '../api/admissionregistration-v1/validating-webhook-configuration.ts';
import { leases } from '../api/coordination-v1/lease.ts';
import { type ConfigMap, configMaps } from '../api/core-v1/config-map.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { backendPod, echoOf } from '../conformance/ingress-nginx/backends.ts';
import { headerValue } from '../workloads/workload.ts';
import { ingressOf } from './testing/ingress-of.ts';
import { TestIngress } from './testing/test-ingress.ts';
import { CONFIGURATION } from './testing/test-webhook.ts';

const LB = { hostname: 'k8s.elb.test' };

function published() {
  const world = new TestIngress();
  world.service('web');
  world.publish({ type: 'LoadBalancer' }, [LB]);
  world.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' } })]);
  return world;
}

const statusOf = (world: TestIngress, name = 'web') =>
  world.client.get(ingresses, 'default', name)?.status?.loadBalancer?.ingress ?? [];
const holder = (world: TestIngress) =>
  world.client.get(leases, 'ingress-nginx', 'ingress-controller-leader')?.spec?.holderIdentity;

describe('leader', () => {
  test('one of two replicas writes the status; the other takes over when it ends, and the address stays', () => {
    const world = published();
    const [first, second] = [world.start(), world.start()];
    world.advance(2000);
    expect([first.leads(), second.leads()]).toEqual([true, false]);
    expect(statusOf(world)).toEqual([LB]);
    first.end();
    expect(statusOf(world)).toEqual([LB]);
    world.load([ingressOf('late', { host: 'late.test', paths: { '/': 'web' } })]);
    world.advance(2000);
    expect(second.leads()).toBe(true);
    expect(statusOf(world, 'late')).toEqual([LB]);
    expect(holder(world)).toBe(second.pod.metadata.name);
  });

  test('the last replica takes the address away', () => {
    const world = published();
    const replica = world.start();
    world.advance(2000);
    replica.end();
    expect(statusOf(world)).toEqual([]);
    expect(holder(world)).toBe('');
  });

  test.each(['--update-status-on-shutdown=false', '--update-status=false'])('%s leaves it', (flag) => {
    const world = published();
    const writer = world.start();
    world.advance(2000);
    world.start([flag]);
    writer.kill();
    world.replicas[0]?.end();
    expect(statusOf(world)).toEqual([LB]);
  });

  test('a replica that is killed loses the lease to the next one that looks', () => {
    const world = published();
    const [first, second] = [world.start(), world.start()];
    world.advance(2000);
    first.kill();
    world.load([ingressOf('late', { host: 'late.test', paths: { '/': 'web' } })]);
    world.advance(2000);
    expect(second.leads()).toBe(true);
    expect(statusOf(world, 'late')).toEqual([LB]);
  });
});

describe('lease', () => {
  const lease = (world: TestIngress) => world.client.get(leases, 'ingress-nginx', 'ingress-controller-leader');

  test('the leader renews it every 7.5 s, and nothing else follows from that', () => {
    const world = published();
    world.start();
    world.start();
    world.advance(2000);
    const before = { acquired: lease(world)?.spec?.acquireTime, revision: world.client.revision };
    world.advance(60_000);
    expect(lease(world)?.spec).toMatchObject({
      holderIdentity: 'controller-0',
      leaseDurationSeconds: 30,
      leaseTransitions: 0,
      acquireTime: before.acquired,
      renewTime: '2026-01-01T00:01:00.000000Z',
    });
    expect(world.client.revision - before.revision).toBe(8);
    expect(world.failures).toEqual([]);
  });

  const NO_LEASES = {
    ...CONFIGURATION,
    metadata: { name: 'no-leases' },
    webhooks: CONFIGURATION.webhooks.map((webhook) => ({
      ...webhook,
      clientConfig: { service: { name: 'nobody', namespace: 'default', path: '/', port: 443 } },
      rules: [{ apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], operations: ['*'], resources: ['leases'] }],
    })),
  };
  const allow = (world: TestIngress) => world.client.delete(validatingWebhookConfigurations, '', 'no-leases');

  test('a start without leave to take it: it is taken as soon as there is', () => {
    const world = published();
    world.load([NO_LEASES]);
    world.start();
    world.advance(60_000);
    expect(lease(world)).toBeUndefined();
    allow(world);
    world.advance(8000);
    expect(holder(world)).toBe('controller-0');
  });

  test('a round without leave to renew it: time goes on, and the next round renews it', () => {
    const world = published();
    world.start();
    world.load([NO_LEASES]);
    world.advance(60_000);
    expect(lease(world)?.spec?.renewTime).toBe('2026-01-01T00:00:00.000000Z');
    allow(world);
    world.advance(8000);
    expect(lease(world)?.spec?.renewTime).toBe('2026-01-01T00:01:07.500000Z');
  });

  test('--election-ttl and --election-id', () => {
    const world = published();
    world.start(['--election-ttl=1m', '--election-id=mine']);
    world.advance(31_000);
    expect(world.client.get(leases, 'ingress-nginx', 'mine')?.spec).toMatchObject({
      leaseDurationSeconds: 60,
      renewTime: '2026-01-01T00:00:30.000000Z',
    });
  });

  test('--election-ttl=0s: a Lease lasts a second, and time goes on', () => {
    const world = published();
    world.start(['--election-ttl=0s']);
    world.advance(10_000);
    expect(lease(world)?.spec).toMatchObject({ leaseDurationSeconds: 1, renewTime: '2026-01-01T00:00:10.000000Z' });
  });

  test('--disable-leader-election: everybody leads, and there is no Lease', () => {
    const world = published();
    const all = [world.start(['--disable-leader-election']), world.start(['--disable-leader-election'])];
    world.advance(10_000);
    expect(all.map((each) => each.leads())).toEqual([true, true]);
    expect(lease(world)).toBeUndefined();
  });
});

describe('the end', () => {
  test('--shutdown-grace-period: nginx serves on, and the Lease stays, until it is over', async () => {
    const world = published();
    const replica = world.start(['--shutdown-grace-period=5', '--post-shutdown-grace-period=2']);
    world.advance(2000);
    replica.end();
    world.advance(4000);
    expect([holder(world), (await world.send({ host: 'app.test' })).status]).toEqual(['controller-0', 200]);
    world.advance(1000);
    expect([holder(world), world.replicas.length]).toEqual(['', 1]);
    world.advance(2000);
    expect(world.replicas).toEqual([]);
  });
});

describe('address', () => {
  test('an Ingress that was never taken in has none; one that was made bad later keeps it', () => {
    const world = published();
    const bad = (name: string) =>
      ingressOf(name, { host: 'bad.test', paths: { '/': 'web' }, annotations: { 'limit-rps': 'x' } });
    world.load([bad('bad')]);
    world.start();
    world.advance(2000);
    expect([statusOf(world, 'bad'), statusOf(world)]).toEqual([[], [LB]]);
    const web = world.client.get(ingresses, 'default', 'web') as Ingress;
    world.client.update(ingresses, {
      ...web,
      metadata: { ...web.metadata, annotations: (bad('x') as Ingress).metadata.annotations },
    });
    world.publish({ type: 'LoadBalancer' }, [{ ip: '192.0.2.9' }]);
    world.advance(2000);
    expect([statusOf(world, 'bad'), statusOf(world)]).toEqual([[], [{ ip: '192.0.2.9' }]]);
  });

  test('one that the ConfigMap lets in gets it', () => {
    const world = published();
    const annotations = { 'server-snippet': 'x' };
    world.load([ingressOf('risky', { host: 'risky.test', paths: { '/': 'web' }, annotations })]);
    world.start();
    world.advance(2000);
    expect(statusOf(world, 'risky')).toEqual([]);
    world.configure({ 'annotations-risk-level': 'Critical' });
    world.advance(2000);
    expect(statusOf(world, 'risky')).toEqual([LB]);
  });

  const addressWith = (flags: string[], prepare: (world: TestIngress) => void = () => {}) => {
    const world = new TestIngress();
    prepare(world);
    world.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' } })]);
    world.start(flags);
    world.advance(2000);
    return statusOf(world);
  };

  test('--publish-status-address stands for the Service', () => {
    expect(addressWith(['--publish-service=', '--publish-status-address=b.test, 10.0.0.1,a.test'])).toEqual([
      { ip: '10.0.0.1' },
      { hostname: 'a.test' },
      { hostname: 'b.test' },
    ]);
  });

  test.each([
    ['NodePort without external address', { type: 'NodePort', clusterIP: '10.96.1.1' }, [{ ip: '10.96.1.1' }]],
    ['NodePort', { type: 'NodePort', externalIPs: ['9.9.9.9'] }, [{ ip: '9.9.9.9' }]],
    ['ClusterIP', { type: 'ClusterIP', clusterIP: '10.96.1.1' }, [{ ip: '10.96.1.1' }]],
  ] as const)('%s', (_name, spec, expected) => {
    const prepare = (world: TestIngress) => world.publish({ ...spec } as never, []);
    expect(addressWith([], prepare)).toEqual(expected);
  });

  test('without either, the nodes of the ready controller pods', () => {
    const prepare = (world: TestIngress) => world.node('node-1', '172.18.0.9');
    expect(addressWith(['--publish-service='], prepare)).toEqual([{ ip: '172.18.0.9' }]);
  });

  test('--report-node-internal-ip-address names the internal one of two', () => {
    const addresses = [
      { type: 'ExternalIP', address: '203.0.113.9' },
      { type: 'InternalIP', address: '172.18.0.9' },
    ];
    const prepare = (world: TestIngress) => {
      world.load([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, status: { addresses } }]);
    };
    expect(addressWith(['--publish-service='], prepare)).toEqual([{ ip: '203.0.113.9' }]);
    const internal = ['--publish-service=', '--report-node-internal-ip-address'];
    expect(addressWith(internal, prepare)).toEqual([{ ip: '172.18.0.9' }]);
  });
});

describe('events', () => {
  const reasons = (world: TestIngress, name: string) =>
    world.eventsOn(name).map(({ reason, count }) => [reason, count]);

  test('every replica tells of an Ingress when it comes and when it changes, a new status being a change', () => {
    const world = published();
    world.start();
    world.advance(2000);
    expect(reasons(world, 'web')).toEqual([['Sync', 2]]);
    world.start();
    expect(reasons(world, 'web')).toEqual([
      ['Sync', 2],
      ['Sync', 1],
    ]);
    const web = world.client.get(ingresses, 'default', 'web') as Ingress;
    world.client.update(ingresses, { ...web, metadata: { ...web.metadata, annotations: { a: 'b' } } });
    world.manager.settle();
    expect(reasons(world, 'web')).toEqual([
      ['Sync', 3],
      ['Sync', 2],
    ]);
  });

  test.each([
    [
      { 'limit-rps': 'many', 'upstream-vhost': 'a b' },
      'annotation nginx.ingress.kubernetes.io/limit-rps contains invalid value',
    ],
    [
      { 'server-snippet': 'x', 'upstream-vhost': 'a b' },
      'annotation group ServerSnippet contains risky annotation based on ingress configuration',
    ],
    [
      { 'configuration-snippet': 'x', 'proxy-body-size': 'much' },
      'annotation group ConfigurationSnippet contains risky annotation based on ingress configuration',
    ],
  ])('%j: one event, of the first parser that refuses it', (annotations, reason) => {
    const world = published();
    world.load([ingressOf('bad', { host: 'bad.test', paths: { '/': 'web' }, annotations })]);
    world.start();
    expect(world.eventsOn('bad').map(({ type, message }) => [type, message])).toEqual([
      ['Normal', 'Scheduled for sync'],
      ['Warning', `Error parsing annotations: ${reason}`],
    ]);
  });

  test('of values that deny a location the first is told, those that leave a default are not', () => {
    const world = published();
    const annotations = { 'auth-type': 'basic', 'auth-secret': 'nope', 'proxy-body-size': 'much' };
    world.load([ingressOf('bad', { host: 'bad.test', paths: { '/': 'web' }, annotations })]);
    world.start();
    expect(world.eventsOn('bad').map(({ message }) => message)).toEqual([
      'Scheduled for sync',
      expect.stringMatching(/^Error parsing annotations: .*default\/nope/),
    ]);
  });

  test('--disable-sync-events leaves the warnings', () => {
    const world = published();
    world.load([ingressOf('bad', { host: 'bad.test', paths: { '/': 'web' }, annotations: { 'limit-rps': 'many' } })]);
    world.start(['--disable-sync-events']);
    expect(reasons(world, 'bad')).toEqual([['AnnotationParsingFailed', 1]]);
    expect(reasons(world, 'web')).toEqual([]);
  });

  test('one that went and comes again is told of again', () => {
    const world = published();
    world.start();
    const web = world.client.get(ingresses, 'default', 'web') as Ingress;
    world.client.delete(ingresses, 'default', 'web');
    world.manager.settle();
    world.load([web]);
    expect(world.eventsOn('web')[0]?.count).toBe(2);
  });

  test('every replica tells of its ConfigMap', () => {
    const world = published();
    world.configure({ hsts: 'false' });
    world.start();
    world.load([ingressOf('more', { host: 'more.test', paths: { '/': 'web' } })]);
    expect(reasons(world, 'ingress-nginx-controller')).toEqual([['CREATE', 1]]);
    const own = world.client.get(configMaps, 'ingress-nginx', 'ingress-nginx-controller') as ConfigMap;
    world.client.update(configMaps, { ...own, data: { hsts: 'true' } });
    world.manager.settle();
    expect(reasons(world, 'ingress-nginx-controller')).toEqual([
      ['CREATE', 1],
      ['UPDATE', 1],
    ]);
  });

  test('an Ingress of another class is none of its business', () => {
    const world = published();
    world.load([ingressOf('other', { host: 'o.test', paths: { '/': 'web' }, ingressClassName: 'traefik' })]);
    world.start();
    expect(world.eventsOn('other')).toEqual([]);
  });
});

describe('reload', () => {
  test('endpoints are pushed without one; a host is not', () => {
    const world = published();
    const { pod } = world.start();
    const reloads = () => world.eventsOn(pod.metadata.name).reduce((sum, { count = 0 }) => sum + count, 0);
    expect(reloads()).toBe(1);
    world.scale('web', 3);
    expect(reloads()).toBe(1);
    world.load([ingressOf('more', { host: 'more.test', paths: { '/': 'web' } })]);
    expect(reloads()).toBe(2);
  });

  test('what nginx refuses leaves the previous configuration, and what is right again is loaded', async () => {
    const world = published();
    const replica = world.start();
    world.load([ingressOf('bad', { host: 'bad.test', paths: { '/a': 'web', '/a/': 'web' } })]);
    expect((await world.send({ host: 'app.test' })).status).toBe(200);
    expect((await world.send({ host: 'bad.test', path: '/a' })).status).toBe(404);
    world.client.delete(ingresses, 'default', 'bad');
    world.load([ingressOf('good', { host: 'good.test', paths: { '/a': 'web' } })]);
    expect((await world.send({ host: 'good.test', path: '/a' })).status).toBe(200);
    const text = replica.metrics().find(({ name }) => name.endsWith('controller_errors'))?.samples[0]?.value;
    expect(text).toBe(1);
  });

  test('a replica that starts on a bad configuration answers 404', async () => {
    const world = new TestIngress();
    world.service('web');
    world.load([ingressOf('bad', { host: 'bad.test', paths: { '/a': 'web', '/a/': 'web' } })]);
    world.start();
    expect((await world.send({ host: 'bad.test', path: '/a' })).status).toBe(404);
  });
});

describe('default backend', () => {
  test('the built-in default backend pads its page for browsers that hide short ones, as nginx does', async () => {
    const world = new TestIngress();
    world.start();
    const asked = async (agent: string) => (await world.send({ host: 'x.test', headers: ['User-Agent', agent] })).body;
    expect(await asked('Mozilla/5.0 Chrome/120.0')).toMatch(/padding to disable MSIE and Chrome/);
    expect(await asked('curl/8.0')).not.toMatch(/padding/);
  });

  test('--default-backend-service answers with its own status while it has endpoints', async () => {
    const world = published();
    world.service('infra/errors', 1, 'status:418');
    world.start(['--default-backend-service=infra/errors']);
    expect((await world.send({ host: 'nobody.test' })).status).toBe(418);
    expect((await world.send({ host: 'nobody.test', path: '/healthz' })).status).toBe(200);
  });

  test('without endpoints the built-in page does', async () => {
    const world = published();
    world.service('infra/errors', 0);
    world.start(['--default-backend-service=infra/errors']);
    expect((await world.send({ host: 'nobody.test' })).body).toContain('<center><h1>404 Not Found</h1></center>');
  });
});

describe('ExternalName', () => {
  const serviceOf = (externalName: string, ports: unknown[] = [{ port: 80, targetPort: 8080 }]) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'ext', namespace: 'default' },
    spec: { type: 'ExternalName', externalName, ports },
  });

  async function answer(externalName: string, ports?: unknown[]) {
    const world = new TestIngress();
    const pod = backendPod('outside', 0, undefined, world.server.clock).listener(8080);
    if (pod !== undefined) world.externalHosts.add('api.example.com:8080', pod);
    world.load([serviceOf(externalName, ports), ingressOf('ext', { host: 'app.test', paths: { '/': 'ext' } })]);
    world.start();
    return world.send({ host: 'app.test' });
  }

  test('is reached by its name; the Host stays the client’s', async () => {
    const echo = echoOf(await answer('api.example.com.'));
    expect(echo).toMatchObject({ service: 'outside', headers: { host: 'app.test' } });
  });

  test.each(['localhost', '127.0.0.1', 'nowhere.example.com'])('%s has no endpoint', async (name) => {
    expect((await answer(name)).status).toBe(503);
  });
});

describe('HTTP/1.0', () => {
  test('without Host the default server answers, and the pod is told its name', async () => {
    const world = published();
    world.load([ingressOf('any', { paths: { '/': 'web' } })]);
    world.start();
    const plain = await world.send({ httpVersion: '1.0' });
    expect(headerValue(plain.headers, 'location')).toBe('https://_');
    const answer = await world.send({ httpVersion: '1.0', scheme: 'https' });
    expect(echoOf(answer)).toMatchObject({ httpVersion: '1.1', headers: { host: '_', 'x-forwarded-host': '_' } });
  });

  test('with Host it is routed as ever', async () => {
    const world = published();
    world.start();
    expect((await world.send({ httpVersion: '1.0', host: 'app.test' })).status).toBe(200);
  });

  test('HTTP/1.1 without Host is refused', async () => {
    const world = published();
    world.start();
    const answer = await world.send({});
    expect(answer.status).toBe(400);
    expect(headerValue(answer.headers, 'connection')).toBe('close');
  });
});
