import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { HypotheticalProxy, type HypotheticalRequest } from '../ingress-nginx/nginx/hypothetical.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { replicas } from './controllers.ts';
import { examine } from './doctor.ts';
import { app, canary, file, type IngressLook, ingress } from './testing/canary-yaml.ts';
import { runningWorld } from './testing/running-world.ts';

const HOSTS = ['shop.test', '*.test', 'other.test', ''];
const PATHS = ['/', '/api', '/api/', '/API'];
const SERVICES = ['web', 'web-canary', 'empty', 'nowhere'];

/** One value most of the time: mistakes are to come one by one, not all at once. */
function often<T, U>(value: T, otherwise: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: otherwise });
}

const look: fc.Arbitrary<IngressLook> = fc.record({
  host: fc.constantFrom(...HOSTS),
  path: fc.constantFrom(...PATHS),
  pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
  className: often('nginx', fc.constantFrom('other', undefined)),
});

const mainLook = fc.record({
  look,
  annotations: often<string[], string[]>(
    [],
    fc.subarray([
      'affinity: cookie',
      'permanent-redirect: https://new.test',
      'allowlist-source-range: nobody',
      'use-regex: "true"',
      'force-ssl-redirect: "true"',
    ]),
  ),
  service: often('web', fc.constant('empty')),
});

const canaryAnnotations = fc.record({
  mark: often('canary: "true"', fc.constantFrom('canary: "yes"', '')),
  weight: fc.constantFrom(
    '',
    'canary-weight: "0"',
    'canary-weight: "20"',
    'canary-weight: "5%"',
    'canary-weight: "-1"',
  ),
  header: fc.constantFrom('', 'canary-by-header: X-Beta'),
  value: fc.constantFrom(
    '',
    'canary-by-header-value: "yes"',
    "canary-by-header-pattern: '^u[0-9]+$'",
    "canary-by-header-pattern: '('",
  ),
  cookie: fc.constantFrom('', '', 'canary-by-cookie: beta'),
});

const cluster = fc.record({
  main: mainLook,
  second: fc.option(mainLook),
  // Mostly where the main is: a canary that is elsewhere is found soon.
  isBeside: often(true, fc.constant(false)),
  canaryLook: look,
  annotations: canaryAnnotations,
  service: often('web-canary', fc.constantFrom(...SERVICES)),
  canaryFirst: fc.boolean(),
});

/** Nobody asks the admission webhook: what it refuses would tell the doctor nothing. */
const running = runningWorld({ 'apps.yaml': file(app('web'), app('web-canary'), app('empty', 0)) }, { webhook: false });

type Drawn = typeof cluster extends fc.Arbitrary<infer T> ? T : never;

function manifests({ main, second, isBeside, canaryLook, annotations, service }: Drawn): string[] {
  const own = Object.values(annotations).filter((line) => line !== '');
  return [
    ingress({ ...main.look, annotations: main.annotations, service: main.service }),
    canary({ ...(isBeside ? main.look : canaryLook), className: canaryLook.className, service, annotations: own }),
    ...(second === null
      ? []
      : [ingress({ ...second.look, name: 'second', annotations: second.annotations, service: second.service })]),
  ];
}

/** Applies the Ingresses, each a second older than the next, and takes them away again afterwards. */
function withIngresses<T>(documents: readonly string[], ask: () => T): T {
  for (const [index, text] of documents.entries()) {
    running.cluster.apply(decodeManifests(`${index}.yaml`, text).documents);
    running.cluster.advance(1000);
  }
  try {
    return ask();
  } finally {
    for (const { metadata } of running.cluster.client.list(ingresses))
      running.cluster.client.delete(ingresses, metadata.namespace ?? '', metadata.name);
    running.cluster.advance(1000);
  }
}

/** Whether any of many requests comes to the canary, and whether one that its own path answers does: asked of the phases. */
function isReached({ host = '', path, pathType }: IngressLook): { anywhere: boolean; atItsPath: boolean } {
  const [replica] = replicas(running.world());
  if (replica === undefined) throw new Error('no controller');
  const proxy = new HypotheticalProxy(replica.nginx.proxy.running.configuration);
  const found = requests()
    .map((request) => proxy.decide(request))
    .filter(({ toCanary, upstream }) => toCanary && upstream?.canary?.ingress === 'canary');
  const type = pathType === 'Exact' ? 'Exact' : 'Prefix';
  const atItsPath = found.some(
    ({ server, location }) =>
      server?.hostname === (host || '_') && location?.ingressPath === path && location?.ingressPathType === type,
  );
  return { anywhere: found.length > 0, atItsPath };
}

function requests(): HypotheticalRequest[] {
  const headers = [[], ['X-Beta', 'always'], ['X-Beta', 'yes'], ['X-Beta', 'u1'], ['Cookie', 'beta=always']];
  return ['shop.test', 'any.test', 'other.test', 'nobody.example'].flatMap((host) =>
    ['/', '/x', '/api', '/api/', '/api/x', '/API', '/API/x'].flatMap((url) =>
      (['http', 'https'] as const).flatMap((scheme) =>
        headers.map((own) => ({
          method: 'GET',
          url,
          scheme,
          headers: ['Host', host, ...own],
          remoteAddress: '203.0.113.1',
          draw: 1,
        })),
      ),
    ),
  );
}

it('whenever no request comes to a canary, the doctor names a reason; whenever one does, he does not say that none does', () => {
  let [reached, lost] = [0, 0];
  fc.assert(
    fc.property(cluster, (drawn) => {
      fc.pre(Object.values(drawn.annotations).some((line) => line !== ''));
      const documents = manifests(drawn);
      const { findings, anywhere, atItsPath } = withIngresses(
        drawn.canaryFirst ? [...documents].reverse() : documents,
        () => ({
          ...isReached(drawn.isBeside ? drawn.main.look : drawn.canaryLook),
          findings: examine(running.world()).filter(({ severity }) => severity !== 'info'),
        }),
      );
      if (anywhere) reached++;
      else lost++;
      const about = findings.filter(
        ({ object, message }) => object?.name === 'canary' || message.includes('default/canary'),
      );
      const says = (words: string) => about.filter(({ message }) => message.includes(words));
      if (!anywhere) expect(about.length).toBeGreaterThan(0);
      else expect(says('gets no traffic:')).toEqual([]);
      if (atItsPath) expect(says('gets no traffic at')).toEqual([]);
    }),
    { numRuns: 300 },
  );
  // Both sides must have been seen, or the test would say nothing.
  expect(Math.min(reached, lost)).toBeGreaterThan(10);
}, 60_000);
