import { describe, expect, it } from 'vitest';
import { type Cluster, createCluster, INGRESS_NGINX_ADDON } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { DoctorFinding } from '../../wire.ts';
import { deployment, loadBalancer } from '../testing/manifests.ts';
import type { RunConsole } from './run-console.ts';
import { Teller } from './teller.ts';

/** What a teller says of a cluster, a word each. */
function telling(text: string) {
  const said: string[] = [];
  const console: RunConsole = {
    ready: () => {},
    applied: () => {},
    gone: () => {},
    pending: (namespace, name, milliseconds) => said.push(`pending ${namespace}/${name} ${milliseconds}`),
    loadBalancer: ({ name }) => said.push(`address ${name}`),
    answers: ({ name }, { host }) => said.push(`answers ${name} as ${host}`),
    next: () => said.push('next'),
    problem: () => {},
    finding: ({ message }) => said.push(`finding ${message}`),
    settled: () => {},
    reader: () => {},
    note: (note) => said.push(note),
  };
  const cluster = createCluster();
  cluster.apply(decodeManifests('a.yaml', text).documents);
  const teller = new Teller(cluster, console);
  cluster.onSettled(() => teller.look());
  const take = () => said.splice(0);
  return { cluster, teller, take };
}

/** Every load balancer that has its address gets its ports. */
function announceAll(cluster: Cluster, teller: Teller): void {
  for (const { namespace, name, hostname } of cluster.edge.loadBalancers()) {
    teller.announced({ namespace, name, hostname, ports: [{ port: 80, url: 'http://127.0.0.1:1' }], ingress: false });
  }
}

const finding = (message: string): DoctorFinding => ({ severity: 'error', reason: 'r', message, fix: '' });

describe('load balancers', () => {
  it('are pending, get an address, and answer once a pod is ready', () => {
    const slow = deployment('web').replace(
      '"web:1.0.0",',
      '"web:1.0.0", readinessProbe: { initialDelaySeconds: 5, httpGet: { port: 8080 } },',
    );
    const { cluster, teller, take } = telling(`${slow}---\n${loadBalancer('web')}`);
    teller.look();
    teller.look();
    expect(take()).toEqual(['pending default/web 3000']);
    cluster.advance(3000);
    announceAll(cluster, teller);
    expect(take()).toEqual(['address web']);
    cluster.advance(4000);
    const { hostname } = cluster.edge.loadBalancers()[0] ?? {};
    expect(take()).toEqual([`answers web as ${hostname}`, 'next']);
  });

  it('have one next step, when all of them have answered', () => {
    const { cluster, teller, take } = telling(
      `${deployment('web')}---\n${loadBalancer('one', 'web')}---\n${loadBalancer('two', 'web')}`,
    );
    cluster.advance(3000);
    take();
    announceAll(cluster, teller);
    expect(take().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'address one',
      'answers one',
      'address two',
      'answers two',
      'next',
    ]);
  });

  it('that come later are pending too', () => {
    const { cluster, teller, take } = telling(deployment('web'));
    teller.look();
    expect(take()).toEqual([]);
    cluster.apply(decodeManifests('b.yaml', loadBalancer('late')).documents);
    expect(take()).toEqual(['pending default/late 3000']);
  });
});

describe('an ingress controller', () => {
  const probe = 'readinessProbe: { initialDelaySeconds: 10, httpGet: { path: /healthz, port: 10254 } }';
  const withDelay = INGRESS_NGINX_ADDON.replace(/( +)(image: .*controller:.*)\n/, `$1$2\n$1${probe}\n`);

  it('whose probe waits is told with the time that is left', () => {
    expect(withDelay).not.toBe(INGRESS_NGINX_ADDON);
    const { cluster, teller, take } = telling(withDelay);
    teller.look();
    expect(take()).toContain(
      'Ingress controller: ready in about 10 s (its readiness probe waits initialDelaySeconds: 10)',
    );
    cluster.advance(2000);
    teller.look();
    expect(take()).toEqual([]);
  });

  it('that is ready at once needs no word', () => {
    const { teller, take } = telling(INGRESS_NGINX_ADDON);
    teller.look();
    expect(take().filter((line) => line.startsWith('Ingress controller'))).toEqual([]);
  });
});

describe('what was judged', () => {
  it('is told once, and again when it has come back', () => {
    const { teller, take } = telling(loadBalancer('web'));
    take();
    teller.judged([finding('a'), finding('b')]);
    teller.judged([finding('a')]);
    teller.judged([finding('a'), finding('b')]);
    expect(take().filter((line) => line.startsWith('finding'))).toEqual(['finding a', 'finding b', 'finding b']);
  });

  it('costs, where one load balancer would do for several', () => {
    const { teller, take } = telling(`${loadBalancer('one')}---\n${loadBalancer('two')}`);
    take();
    teller.judged([]);
    teller.judged([]);
    expect(take()).toEqual([expect.stringMatching(/^Cost: 2 AWS Network Load Balancers cost \$.*;\n {2}one in front/)]);
  });

  it('is not published, unless a finding says why', () => {
    const { teller, take } = telling(deployment('web'));
    teller.judged([]);
    expect(take()).toEqual([
      'Nothing is published outside the cluster: no Service of type LoadBalancer.',
      'Next: npx k8s-ingress-sandbox scenarios/loadbalancer.yaml',
    ]);
    const other = telling(deployment('web'));
    other.teller.judged([finding('no ingress controller runs')]);
    expect(other.take()).toEqual(['finding no ingress controller runs']);
  });
});
