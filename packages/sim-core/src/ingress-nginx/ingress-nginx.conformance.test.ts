import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { headerValue } from '../workloads/workload.ts';
import type { TestIngress, TestReplica } from './testing/test-ingress.ts';
import { prepare, problemsOf, sendVector, unsupported, type Vector } from './testing/vectors.ts';

/* What real nginx, running the controller's real Lua, answered; in part what its source says. */

const file = sharedPath('conformance', 'ingress-nginx.json');
const vectors = file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as Vector[]);
const runnable = vectors.filter((vector) => unsupported(vector).length === 0);

afterAll(() => {
  if (file === undefined) return;
  const areas = [...new Set(vectors.map(({ area }) => area))].map((area) => {
    const of = vectors.filter((vector) => vector.area === area);
    const missing = [...new Set(of.flatMap(unsupported))];
    return `${area} ${of.filter((vector) => unsupported(vector).length === 0).length}/${of.length}${missing.length === 0 ? '' : ` (${missing.join(', ')})`}`;
  });
  console.info(`ingress-nginx.json: ${runnable.length} of ${vectors.length} vectors run\n  ${areas.join('\n  ')}`);
});

const ofKind = (kind: Vector['kind']) =>
  runnable.filter((vector) => vector.kind === kind).map((vector) => [vector.id, vector] as const);

describe.skipIf(file === undefined)('http', () => {
  test.each(ofKind('http'))('%s', async (_id, vector) => {
    const world = prepare(vector);
    world.load(vector.manifests);
    const replica = world.start();
    const jar = new Map<string, string>();
    const rounds = vector.steps ?? [{ request: vector.request, expect: vector.expect }];
    for (const { request, expect: expected } of rounds) {
      if (request === undefined || expected === undefined) throw new Error('a vector without request');
      const answers = await sendVector(world, request, jar);
      expect([...problemsOf(answers, expected), ...certificateProblems(replica, vector)]).toEqual([]);
    }
    expect(world.failures).toEqual([]);
  });
});

function certificateProblems(replica: TestReplica, { request, expect: expected }: Vector): string[] {
  if (request?.scheme !== 'https' || expected === undefined) return [];
  const { certCN, certDNS } = expected;
  if (certCN === undefined && certDNS === undefined) return [];
  const served = nodeCertificates.parse(replica.certificateFor(request.sni ?? request.host).certPem);
  if (served === undefined) return ['no certificate'];
  return [
    ...(certCN === undefined || served.commonName === certCN
      ? []
      : [`certificate of ${served.commonName}, not ${certCN}`]),
    ...(certDNS === undefined || served.dnsNames.includes(certDNS)
      ? []
      : [`certificate for ${served.dnsNames.join()}, not ${certDNS}`]),
  ];
}

describe.skipIf(file === undefined)('api', () => {
  test.each(ofKind('api'))('%s', (_id, vector) => {
    const world = prepare(vector);
    const [, service, from, to] = /^scale service (\S+) from (\d+) to (\d+) endpoints$/.exec(vector.change ?? '') ?? [];
    if (vector.change !== undefined && service === undefined) throw new Error(`unknown change: ${vector.change}`);
    if (service !== undefined && world.client.get(services, 'default', service) === undefined)
      world.service(service, Number(from));
    world.load(vector.manifests);
    world.start();
    const expected = vector.expect ?? {};
    world.advance((expected.withinSeconds ?? 60) * 1000);
    const before = allEvents(world).length;
    if (service !== undefined) world.scale(service, Number(to));
    checkStatus(world, vector);
    for (const { on, ...event } of expected.events ?? []) expectEvent(world, on, event);
    if (expected.newEvents !== undefined) expect(allEvents(world).slice(before)).toMatchObject(expected.newEvents);
    expect(world.failures).toEqual([]);
  });
});

function checkStatus(world: TestIngress, { manifests, expect: expected }: Vector): void {
  if (expected?.loadBalancerIngress === undefined) return;
  const { namespace = 'default', name } = manifests.find(
    ({ metadata }) => metadata.name === (expected.forIngress ?? metadata.name),
  )?.metadata ?? { name: '' };
  expect(world.client.get(ingresses, namespace, name)?.status?.loadBalancer?.ingress ?? []).toEqual(
    expected.loadBalancerIngress,
  );
}

type ExpectedEvent = Omit<NonNullable<NonNullable<Vector['expect']>['event']>, 'on'>;

function expectEvent(
  world: TestIngress,
  on: string,
  { type, reason, message, messagePrefix, component }: ExpectedEvent,
): void {
  const shown = world.eventsOn(on).map((event) => ({
    type: event.type,
    reason: event.reason,
    message: event.message,
    component: event.source.component,
  }));
  expect(shown).toContainEqual({
    type,
    reason,
    message: message ?? expect.stringMatching(new RegExp(`^${messagePrefix ?? ''}`)),
    component: component ?? 'nginx-ingress-controller',
  });
}

function allEvents(world: TestIngress) {
  return world.server.store.list('events');
}

describe.skipIf(file === undefined)('reload', () => {
  test.each(ofKind('reload'))('%s', async (_id, vector) => {
    const world = prepare(vector);
    const replica = world.start();
    const before = replica.proxy.running.configuration;
    world.load(vector.manifests);
    const expected = vector.expect ?? {};
    if (expected.servingConfig === 'previous') expect(replica.proxy.running.configuration).toBe(before);
    if (expected.event !== undefined) expectEvent(world, replica.pod.metadata.name, expected.event);
    const messages = world.eventsOn(replica.pod.metadata.name).map(({ message }) => message);
    if (expected.nginxError !== undefined) expect(messages.join('\n')).toContain(expected.nginxError);
    expect(
      headerValue((await world.send({ host: 'app.test', path: '/healthz' })).headers, 'content-type'),
    ).toBeDefined();
  });
});
