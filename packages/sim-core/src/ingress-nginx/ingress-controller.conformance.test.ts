import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { type Deployment, deployments } from '../api/apps-v1/deployment.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import type { IngressClass } from '../api/networking-v1/ingress-class.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { conformanceEcho } from '../workloads/programs/conformance-echo.ts';
import { headerValue } from '../workloads/workload.ts';
import { coversHost } from './model/certificates.ts';
import type { TestAnswer } from './testing/test-client.ts';
import { TestIngress, type TestReplica } from './testing/test-ingress.ts';
import { sliceOf } from './testing/test-pods.ts';

/* kubernetes-sigs/ingress-controller-conformance, run against the controller in virtual time. */

interface Vector {
  readonly id: string;
  readonly namespace: string;
  readonly manifests: readonly KubeObject[];
  readonly tlsSecrets?: readonly { name: string; namespace: string; cn: string; org: string; dnsNames: string[] }[];
  readonly actions?: readonly { scale?: { name: string; replicas: number } }[];
  readonly request: {
    scheme: 'http' | 'https';
    host: string | null;
    method: string;
    path: string;
    headers: Record<string, string>;
    sni?: string;
    repeat?: number;
  } | null;
  readonly expect: {
    status?: number;
    service?: string;
    host?: string;
    distinctPods?: number;
    ingressStatus: 'has-address' | 'no-address';
    responseHeaders?: Record<string, string>;
    backendRequest?: {
      method?: string;
      path?: string;
      host?: string;
      proto?: string;
      headers?: Record<string, string>;
    };
    tlsSAN?: string[];
    tlsVerifyHostname?: string;
  };
}

/** What the conformance echo server answers. */
interface Echo {
  readonly path: string;
  readonly host: string;
  readonly method: string;
  readonly proto: string;
  readonly headers: Record<string, string[]>;
  readonly service: string;
  readonly pod: string;
}

/**
 * Where ingress-nginx itself does not do what the suite asks, as nginx shows when it runs the controller's configuration:
 * an exact proxied location `= /foo/` answers `/foo` with 301 to `/foo/`, and the suite's client follows.
 */
const DIFFERS: ReadonlyMap<string, number> = new Map([['path-slash-exact-no-slash', 200]]);

/** What the host adds to every answer on the wire: no part of the engine. */
const ADDED_BY_HOST: ReadonlySet<string> = new Set(['date']);

const LOAD_BALANCER = 'lb.conformance.test';
const file = sharedPath('conformance', 'ingress-conformance.json');
const vectors = file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors;

afterAll(() => {
  if (file !== undefined)
    console.info(
      `ingress-conformance.json: ${vectors.length} vectors run, ${DIFFERS.size} where the real ingress-nginx differs`,
    );
});

describe.skipIf(file === undefined)('ingress-controller-conformance', () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const world = worldOf(vector);
    const ingressClass = vector.manifests.find(({ kind }) => kind === 'IngressClass') as IngressClass;
    const replica = world.start([`--controller-class=${ingressClass.spec?.controller}`]);
    world.advance(60_000);
    checkStatus(world, vector);
    if (vector.request !== null) await checkAnswers(world, replica, vector, vector.request);
    expect(world.failures).toEqual([]);
  });
});

function worldOf({ manifests, tlsSecrets = [], actions = [] }: Vector): TestIngress {
  const world = new TestIngress();
  world.configure({ 'server-tokens': 'true' });
  world.publish({ type: 'LoadBalancer' }, [{ hostname: LOAD_BALANCER }]);
  for (const { name, namespace, cn, org, dnsNames } of tlsSecrets) {
    const pair = nodeCertificates.selfSigned({ commonName: cn, organization: org, dnsNames });
    const data = { 'tls.crt': btoa(pair.certPem), 'tls.key': btoa(pair.keyPem) };
    world.load([{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'kubernetes.io/tls', data }]);
  }
  world.load(manifests);
  const replicas = new Map(actions.flatMap(({ scale }) => (scale === undefined ? [] : [[scale.name, scale.replicas]])));
  for (const service of world.client.list(services)) runPods(world, service, replicas);
  return world;
}

/** Runs the echo server behind a Service, as its Deployment says. */
function runPods(world: TestIngress, service: Service, replicas: ReadonlyMap<string, number>): void {
  const { namespace = '', name } = service.metadata;
  const { selector } = service.spec;
  const deployment = world.client
    .list(deployments, namespace)
    .find((each) => selector !== undefined && matchesLabels(selector, each.spec.template.metadata?.labels));
  if (deployment === undefined) return;
  const count = replicas.get(deployment.metadata.name) ?? deployment.spec.replicas ?? 1;
  const addresses = Array.from({ length: count }, (_, index) => {
    const address = world.nextAddress();
    const context = world.containerContext(
      `${deployment.metadata.name}-${index}`,
      address,
      environment(deployment, index),
    );
    world.network.attach(address, conformanceEcho.start(context));
    return address;
  });
  const slice = sliceOf(namespace, name, addresses, 3000);
  world.load([{ ...slice, ports: [{ name: service.spec.ports?.[0]?.name ?? '', protocol: 'TCP', port: 3000 }] }]);
}

function environment({ metadata, spec }: Deployment, index: number): Record<string, string> {
  const declared = spec.template.spec.containers[0]?.env ?? [];
  const fields: Record<string, string> = {
    'metadata.name': `${metadata.name}-${index}`,
    'metadata.namespace': metadata.namespace ?? '',
  };
  return Object.fromEntries(
    declared.map(({ name, value, valueFrom }) => [name, value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ''] ?? '']),
  );
}

function checkStatus(world: TestIngress, { expect: { ingressStatus } }: Vector): void {
  for (const ingress of world.client.list(ingresses)) {
    const addresses = ingress.status?.loadBalancer?.ingress ?? [];
    expect(addresses).toEqual(ingressStatus === 'has-address' ? [{ hostname: LOAD_BALANCER }] : []);
  }
}

async function checkAnswers(
  world: TestIngress,
  replica: TestReplica,
  vector: Vector,
  request: NonNullable<Vector['request']>,
): Promise<void> {
  const expected = vector.expect;
  const pods = new Set<string>();
  for (let i = 0; i < (request.repeat ?? 1); i++) {
    const answer = await follow(world, request);
    expect(answer.status).toBe(DIFFERS.get(vector.id) ?? expected.status);
    for (const name of Object.keys(expected.responseHeaders ?? {})) {
      if (!ADDED_BY_HOST.has(name.toLowerCase()))
        expect(headerValue(answer.headers, name.toLowerCase()), name).toBeDefined();
    }
    if (expected.service === undefined) continue;
    const echo = JSON.parse(answer.body) as Echo;
    pods.add(echo.pod);
    expect(echo.service).toBe(expected.service);
    if (expected.host !== undefined) expect(echo.host).toBe(expected.host);
    checkBackendRequest(echo, expected.backendRequest ?? {});
  }
  if (expected.distinctPods !== undefined) expect(pods.size).toBe(expected.distinctPods);
  checkCertificate(replica, expected, request.sni);
}

/** Sends, and follows redirects to the same load balancer as the suite's client does. */
async function follow(world: TestIngress, request: NonNullable<Vector['request']>): Promise<TestAnswer> {
  const headers = Object.entries(request.headers).flat();
  const { method, scheme, path, sni } = request;
  const host = request.host ?? LOAD_BALANCER;
  const answer = await world.send({ method, scheme, host, path, headers, ...(sni === undefined ? {} : { sni }) });
  const location = headerValue(answer.headers, 'location');
  if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
  const to = new URL(location, `${scheme}://${host}`);
  return world.send({
    method,
    scheme: to.protocol === 'https:' ? 'https' : 'http',
    host: to.host,
    path: to.pathname + to.search,
    headers,
  });
}

function checkBackendRequest(
  echo: Echo,
  { method, path, host, proto, headers = {} }: NonNullable<Vector['expect']['backendRequest']>,
): void {
  if (method !== undefined) expect(echo.method).toBe(method);
  if (path !== undefined) expect(echo.path).toBe(path);
  if (host !== undefined) expect(echo.host).toBe(host);
  if (proto !== undefined) expect(echo.proto).toBe(proto);
  for (const [name, value] of Object.entries(headers)) expect(echo.headers[name]).toEqual([value]);
}

function checkCertificate(replica: TestReplica, { tlsSAN, tlsVerifyHostname }: Vector['expect'], sni = ''): void {
  if (tlsSAN === undefined) return;
  const { certPem } = replica.certificateFor(sni);
  const served = nodeCertificates.parse(certPem);
  expect(served?.dnsNames).toEqual(tlsSAN);
  if (served !== undefined && tlsVerifyHostname !== undefined) {
    expect(coversHost(served, tlsVerifyHostname)).toBe(true);
  }
}
