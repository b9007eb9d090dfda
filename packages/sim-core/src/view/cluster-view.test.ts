import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { deployments } from '../api/apps-v1/deployment.ts';
import { pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { createClusterView } from '../cluster/cluster-view.ts';
import { type Cluster, createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { DeltaOperation, WireObject } from '../wire.ts';
import type { ClusterView } from './cluster-view.ts';

const HOST = 'shop.test';
const web = (name: string, replicas: number, image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: "${image}", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
`;
const ingress = (name: string, service: string, annotations: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec:
  ingressClassName: nginx
  rules:
  - host: ${HOST}
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }] }
`;
const SHOP = [
  web('main', 2, 'shop:1'),
  web('next', 1, 'shop:2'),
  ingress('main', 'main', ''),
  ingress(
    'next',
    'next',
    'nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20"',
  ),
].join('---');

function apply(cluster: Cluster, text: string, file = 'shop.yaml'): void {
  cluster.manifests.addFiles([{ file, text }]);
  const outcomes = cluster.apply(decodeManifests(file, text).documents);
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
}

function shop(): { cluster: Cluster; view: ClusterView } {
  const cluster = createCluster();
  const view = createClusterView(cluster, { epoch: 'e' });
  apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
  apply(cluster, SHOP);
  cluster.advance(10_000);
  return { cluster, view };
}

/** Sends requests and waits until all were answered. */
async function send(cluster: Cluster, count: number, headers: Record<string, string> = {}): Promise<void> {
  const host = cluster.edge.ingressLoadBalancer()?.hostname;
  cluster.loads.start({
    url: `http://${host}/`,
    rate: count,
    count,
    duration: 1000,
    headers: { host: HOST, ...headers },
  });
  const end = cluster.records.finished + count;
  for (let turn = 0; turn < 500 && cluster.records.finished < end; turn++) {
    cluster.advance(10);
    await Promise.resolve();
  }
}

const keyed = (objects: Iterable<WireObject>) =>
  new Map([...objects].map((object) => [`${object.kind} ${object.uid}`, object]));

function applyOperations(objects: Map<string, WireObject>, operations: readonly DeltaOperation[]): void {
  for (const operation of operations) {
    if (operation[0] === 'u') objects.set(`${operation[1]} ${operation[2].uid}`, operation[2]);
    else expect(objects.delete(`${operation[1]} ${operation[2]}`)).toBe(true);
  }
}

type Change = (cluster: Cluster) => void;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({
      name: fc.constantFrom('main', 'next', 'ingress-nginx-controller'),
      replicas: fc.integer({ min: 0, max: 4 }),
    })
    .map(
      ({ name, replicas }): Change =>
        (cluster) => {
          const deployment = cluster.client.list(deployments).find(({ metadata }) => metadata.name === name);
          if (deployment !== undefined)
            cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
        },
    ),
  fc.nat().map(
    (number): Change =>
      (cluster) => {
        const all = cluster.client.list(pods);
        const { metadata } = all[number % all.length] ?? {};
        if (metadata !== undefined) cluster.client.delete(pods, metadata.namespace ?? '', metadata.name);
      },
  ),
  fc.nat().map(
    (number): Change =>
      (cluster) => {
        const running = cluster.client.list(pods).filter(({ status }) => status?.phase === 'Running');
        const { metadata } = running[number % running.length] ?? {};
        if (metadata !== undefined) cluster.kubelet.crash(metadata.namespace ?? '', metadata.name);
      },
  ),
  fc.constantFrom('ClusterIP', 'LoadBalancer', 'NodePort').map(
    (type): Change =>
      (cluster) => {
        const service = cluster.client.get(services, 'default', 'main');
        if (service !== undefined) cluster.client.update(services, { ...service, spec: { ...service.spec, type } });
      },
  ),
  fc.constantFrom('main', 'next').map(
    (name): Change =>
      (cluster) =>
        cluster.client.delete(services, 'default', name),
  ),
  fc.constantFrom('main', 'next').map(
    (name): Change =>
      (cluster) =>
        cluster.client.delete(ingresses, 'default', name),
  ),
  fc.integer({ min: 0, max: 120 }).map(
    (weight): Change =>
      (cluster) =>
        apply(cluster, SHOP.replace('"20"', `"${weight}"`)),
  ),
  fc.constant<Change>((cluster) => apply(cluster, `# another line\n${SHOP}`)),
  fc.constant<Change>((cluster) => cluster.delete('networking.k8s.io/v1', 'IngressClass', { name: 'nginx' })),
  fc.constant<Change>((cluster) => apply(cluster, INGRESS_NGINX_ADDON, 'add-on')),
  fc.constant<Change>((cluster) => cluster.cloud.fail({ times: 1, message: 'quota' })),
  fc.integer({ min: 1, max: 60_000 }).map(
    (milliseconds): Change =>
      (cluster) =>
        cluster.advance(milliseconds),
  ),
);

/** Some changes find that what they change is gone; what they say of it is not the view's business. */
function tryTo(change: Change, cluster: Cluster): void {
  try {
    change(cluster);
  } catch (error) {
    expect((error as Error).name).toBe('StatusError');
  }
}

describe('deltas', () => {
  it('add up to what a new view sees, whatever happens and whenever somebody looks', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(changes, fc.boolean(), fc.boolean()), { maxLength: 15 }), (steps) => {
        const { cluster, view } = shop();
        view.takeDelta();
        const objects = keyed(view.snapshot().objects);
        let revision = view.revision;
        const take = () => {
          const { prevRev, rev, ops } = view.takeDelta();
          expect(prevRev).toBe(revision);
          revision = rev;
          applyOperations(objects, ops);
          expect(objects).toEqual(keyed(view.snapshot().objects));
        };
        for (const [change, settles, looks] of steps) {
          tryTo(change, cluster);
          if (settles) cluster.settle();
          if (looks) take();
        }
        cluster.settle();
        take();
        const fresh = createClusterView(cluster, { epoch: 'e' }).snapshot();
        expect(objects).toEqual(keyed(fresh.objects));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('tell nothing of what came and went between two looks, and nothing twice', () => {
    const { cluster, view } = shop();
    view.takeDelta();
    apply(cluster, web('flash', 1, 'flash:1'), 'flash.yaml');
    cluster.delete('apps/v1', 'Deployment', { name: 'flash' });
    cluster.delete('v1', 'Service', { name: 'flash' });
    cluster.advance(60_000);
    // Only what the controller has loaded moved on.
    const { ops } = view.takeDelta();
    expect(ops.map(([what, , object]) => [what, typeof object === 'object' && 'controller' in object])).toEqual([
      ['u', true],
    ]);
    apply(cluster, web('flash', 1, 'flash:1'), 'flash.yaml');
    expect(
      view
        .takeDelta()
        .ops.map(([what, kind]) => `${what} ${kind}`)
        .sort(),
    ).toEqual(['u Deployment', 'u Pod', 'u Pod', 'u Service']);
    expect(view.takeDelta().ops).toEqual([]);
  });

  it('hold what the store knows nothing of, under the same revision', () => {
    const cluster = createCluster();
    const urls = new Map<string, string>();
    const view = createClusterView(cluster, {
      epoch: 'e',
      urlOf: (service, port) => urls.get(`${service}:${port}`) ?? '',
    });
    apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
    cluster.advance(10_000);
    const { rev } = view.takeDelta();
    urls.set('ingress-nginx/ingress-nginx-controller:80', 'http://127.0.0.1:30001');
    const delta = view.takeDelta();
    expect([delta.prevRev, delta.rev]).toEqual([rev, rev]);
    expect(delta.ops).toMatchObject([
      [
        'u',
        'LoadBalancer',
        {
          ports: [
            { port: 80, url: 'http://127.0.0.1:30001' },
            { port: 443, url: '' },
          ],
        },
      ],
    ]);
  });

  it('look at a Service with a thousand endpoints once a second, and never miss its last state', () => {
    const { cluster, view } = shop();
    const scale = (replicas: number) => {
      const deployment = cluster.client.get(deployments, 'default', 'main') ?? expect.fail();
      cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
      cluster.settle();
    };
    const seen = () =>
      view
        .takeDelta()
        .ops.flatMap(([, , object]) =>
          typeof object === 'object' && object.kind === 'Service' ? [object.endpoints.length] : [],
        );
    seen();
    scale(600);
    expect(seen()).toEqual([600]);
    scale(601);
    expect(seen()).toEqual([]);
    cluster.advance(1000);
    expect(seen()).toEqual([601]);
    scale(2);
    cluster.advance(31_000);
    expect(seen()).toEqual([2]);
    scale(3);
    expect(seen()).toEqual([3]);
  });

  it('look at what changed only', () => {
    const { cluster, view } = shop();
    const before = new Map(view.snapshot().objects.map((object) => [object.uid + object.kind, object]));
    const pod = cluster.client.list(pods, 'default')[0] ?? expect.fail('no pod');
    cluster.kubelet.crash('default', pod.metadata.name);
    cluster.settle();
    const changed = view.snapshot().objects.filter((object) => before.get(object.uid + object.kind) !== object);
    expect(changed.map(({ kind }) => kind)).toContain('Pod');
    expect(changed.filter(({ kind }) => kind === 'Pod')).toHaveLength(1);
    expect(changed.filter(({ kind }) => kind === 'Node' || kind === 'Ingress')).toEqual([]);
  });
});

describe('what is shown', () => {
  it('says why a load balancer is pending, and when it will be there', () => {
    const cluster = createCluster();
    const view = createClusterView(cluster, { epoch: 'e' });
    apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
    const balancer = () => view.snapshot().objects.find(({ kind }) => kind === 'LoadBalancer');
    expect(balancer()).toMatchObject({
      state: 'pending',
      reason: 'the cloud is making it',
      readyAt: cluster.clock.now() + 3000,
      hostname: '',
    });
    cluster.advance(3000);
    expect(balancer()).toMatchObject({
      state: 'ready',
      reason: '',
      ingress: true,
      hostname: expect.stringContaining('.elb.'),
    });
    expect(balancer()).not.toHaveProperty('readyAt');
  });

  it('says what the cloud failed with, and that it tries again', () => {
    const cluster = createCluster();
    const view = createClusterView(cluster, { epoch: 'e' });
    cluster.cloud.fail({ times: 1, message: 'TooManyLoadBalancers' });
    apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
    const balancer = () => view.snapshot().objects.find(({ kind }) => kind === 'LoadBalancer');
    expect(balancer()).toMatchObject({ state: 'failed', reason: expect.stringContaining('TooManyLoadBalancers') });
    cluster.advance(5000);
    expect(balancer()).toMatchObject({ state: 'pending' });
    cluster.advance(3000);
    expect(balancer()).toMatchObject({ state: 'ready' });
  });

  it.each([
    ['no ingress controller runs', 'main', (cluster: Cluster) => apply(cluster, SHOP)],
    [
      'it names no class: spec.ingressClassName is missing',
      'bare',
      (cluster: Cluster) => {
        apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
        apply(
          cluster,
          ingress('bare', 'main', '').replace(
            'ingressClassName: nginx',
            'defaultBackend: { service: { name: main, port: { number: 80 } } }',
          ),
        );
      },
    ],
    [
      'no other Ingress has the host other.test, so there is nothing to be the canary of',
      'next',
      (cluster: Cluster) => {
        apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
        const [main = '', canary = ''] = SHOP.split(
          /(?=---\napiVersion: networking.k8s.io\/v1\nkind: Ingress\nmetadata: \{ name: next)/,
        );
        apply(cluster, main + canary.replace(HOST, 'other.test'));
      },
    ],
  ])('says why an Ingress is not served: %s', (reason, name, prepare) => {
    const cluster = createCluster();
    const view = createClusterView(cluster, { epoch: 'e' });
    prepare(cluster);
    cluster.advance(10_000);
    const found = view.snapshot().objects.find((object) => object.kind === 'Ingress' && object.name === name);
    expect(found).toMatchObject({ served: false, reason });
  });

  it('knows the pods of the controller, who leads, and what they have loaded', () => {
    const { cluster, view } = shop();
    const controllers = () =>
      view
        .snapshot()
        .objects.flatMap((object) => (object.kind === 'Pod' && object.controller ? [object.controller] : []));
    expect(controllers()).toEqual([
      { ready: true, reason: '', leader: true, configurationRevision: expect.any(Number) },
    ]);
    const before = controllers()[0]?.configurationRevision ?? 0;
    apply(cluster, SHOP.replace('"20"', '"30"'));
    expect(controllers()[0]?.configurationRevision).toBeGreaterThan(before);
    const deployment =
      cluster.client.list(deployments).find(({ metadata }) => metadata.name.includes('controller')) ?? expect.fail();
    cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas: 2 } });
    cluster.settle();
    expect(
      controllers()
        .map(({ leader }) => leader)
        .sort(),
    ).toEqual([false, true]);
  });

  it('tells what load balancers cost against one ingress', () => {
    const { cluster, view } = shop();
    expect(view.snapshot().cost).toMatchObject({
      loadBalancers: 1,
      monthly: 16.43,
      monthlyWithOneIngress: 16.43,
      currency: 'USD',
    });
    view.takeDelta();
    for (const name of ['main', 'next']) {
      const service = cluster.client.get(services, 'default', name) ?? expect.fail();
      cluster.client.update(services, { ...service, spec: { ...service.spec, type: 'LoadBalancer' } });
    }
    cluster.settle();
    expect(view.takeDelta().cost?.sentence).toBe(
      '3 AWS Network Load Balancers cost $49.28 a month before traffic; one in front of an ingress would cost $16.43',
    );
    expect(view.takeDelta()).not.toHaveProperty('cost');
  });

  it('finds positions again after lines moved', () => {
    const { cluster, view } = shop();
    const lineOf = () => {
      const found = view.snapshot().objects.find((object) => object.kind === 'Ingress' && object.name === 'next');
      return found?.kind === 'Ingress' ? (found.canary?.weightSource?.line ?? 0) : 0;
    };
    const before = lineOf();
    const { revision } = view;
    apply(cluster, `# a new first line\n${SHOP}`);
    expect(view.revision).toBe(revision);
    expect(lineOf()).toBe(before + 1);
  });
});

describe('requests', () => {
  it('are counted by their way; draws, forced ones and errors agree everywhere', async () => {
    const { cluster, view } = shop();
    await send(cluster, 300);
    const { flows, split } = view.snapshot();
    expect(flows.reduce((sum, { n }) => sum + n, 0)).toBe(300);
    const canary = flows.filter((flow) => flow.canary).reduce((sum, { n }) => sum + n, 0);
    expect(split).toMatchObject([{ n: 300, canary, weight: 20, verdict: 'consistent', errors: 0 }]);
    const boxes = new Set(view.snapshot().objects.map(({ uid }) => uid));
    for (const { nodes } of flows) {
      expect(nodes.map((node) => node.split(':')[0])).toEqual([
        'client',
        'lb',
        'node',
        'pod',
        'ingress',
        'service',
        'pod',
      ]);
      for (const node of nodes.slice(3)) expect(boxes).toContain(node.slice(node.indexOf(':') + 1));
    }
  });

  it('keep the number of their way through reloads, and get another when the pod is another', async () => {
    const { cluster, view } = shop();
    await send(cluster, 50);
    const before = view.snapshot().flows;
    apply(cluster, SHOP.replace('"20"', '"21"'));
    await send(cluster, 50);
    const after = view.snapshot().flows;
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const [index, { n }] of after.entries()) expect(n).toBeGreaterThanOrEqual(before[index]?.n ?? 0);
    for (const { metadata } of cluster.client.list(pods, 'default'))
      cluster.client.delete(pods, 'default', metadata.name);
    cluster.advance(60_000);
    await send(cluster, 50);
    const pod = (nodes: readonly string[]) => nodes.at(-1);
    const known = new Set(after.map(({ nodes }) => pod(nodes)));
    const fresh = view.snapshot().flows.slice(after.length);
    expect(fresh.length).toBeGreaterThan(0);
    for (const { nodes } of fresh) expect(known).not.toContain(pod(nodes));
  });

  it('are sampled at most twenty times a second, the rare ones always', async () => {
    const { cluster, view } = shop();
    await send(cluster, 100);
    view.takeDelta();
    cluster.advance(1000);
    for (let second = 0; second < 5; second++) {
      const started = cluster.clock.now();
      await send(cluster, 400);
      await send(cluster, 1, { host: 'nobody.test' });
      cluster.advance(Math.max(0, 2000 - (cluster.clock.now() - started)));
      const { samples } = view.takeDelta();
      expect(samples.length).toBeLessThanOrEqual(60);
      expect(samples.length).toBeGreaterThan(5);
      expect(samples.filter(({ status }) => status === 404)).toHaveLength(1);
    }
  });

  it('are sampled when they are asked for', async () => {
    const { cluster, view } = shop();
    await send(cluster, 200);
    view.takeDelta();
    view.sample([3, 4, 5, 99_999]);
    expect(view.takeDelta().samples.map(({ id, flow }) => [id, flow > 0])).toEqual([3, 4, 5].map((id) => [id, true]));
  });
});
