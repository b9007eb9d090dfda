import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printConf } from '../nginx/print-conf.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';

const service = fc.constantFrom('a', 'b', 'c');
const spec = fc.record({
  host: fc.constantFrom('app.test', '*.app.test', 'other.test', undefined),
  path: fc.constantFrom('/', '/foo', '/foo/bar', '/fo'),
  pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
  service,
  age: fc.integer({ min: 0, max: 3 }),
  canary: fc.boolean(),
  namespace: fc.constantFrom('default', 'shop'),
  defaultBackend: fc.option(service, { nil: undefined, freq: 5 }),
  tls: fc.boolean(),
});
const specs = fc.array(spec, { minLength: 1, maxLength: 7 });

type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;

function ingresses(all: readonly Spec[]): unknown[] {
  return all.map(({ host, path, pathType, age, canary, namespace, tls, ...each }, index) =>
    ingressOf(`i${index}`, {
      paths: { [path]: { service: each.service, pathType } },
      annotations: canary ? { canary: 'true', 'canary-weight': '50' } : {},
      age,
      namespace,
      ...(host === undefined ? {} : { host }),
      ...(each.defaultBackend === undefined ? {} : { defaultBackend: each.defaultBackend }),
      ...(tls && host !== undefined ? { tls: [{ hosts: [host], secretName: 'none' }] } : {}),
    }),
  );
}

function build(objects: readonly unknown[]): TestIngress {
  const world = new TestIngress();
  for (const name of ['a', 'b', 'c', 'shop/a', 'shop/b', 'shop/c']) world.service(name);
  world.load(objects);
  world.start();
  return world;
}

const configurationOf = (world: TestIngress) => world.replicas[0]?.proxy.running.configuration;

describe('the model', () => {
  test('depends on what there is and how old it is, not on the order in which it came', () => {
    const shuffled = specs.chain((all) => {
      const objects = ingresses(all);
      return fc.tuple(fc.constant(objects), fc.shuffledSubarray(objects, { minLength: objects.length }));
    });
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [left, right] = [configurationOf(build(one)), configurationOf(build(other))];
        expect(left && printConf(left)).toBe(right && printConf(right));
        expect(left?.upstreams).toEqual(right?.upstreams);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('without canaries every location leads to an upstream that is there', () => {
    const mains = specs.map((all) => all.map((each) => ({ ...each, canary: false })));
    fc.assert(
      fc.property(mains, (all) => {
        const configuration = configurationOf(build(ingresses(all)));
        const names = new Set(configuration?.upstreams.map(({ name }) => name));
        const locations = configuration?.servers.flatMap((server) => server.locations) ?? [];
        for (const { backend, directives } of locations) {
          if (directives.return === undefined) expect(names).toContain(backend);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('every request is answered with something a proxy may say', async () => {
    const request = fc.record({
      host: fc.constantFrom('app.test', 'x.app.test', 'other.test', 'nobody.test'),
      path: fc.constantFrom('/', '/foo', '/foo/', '/foo/bar/x', '/fo', '/zzz?q=1'),
    });
    await fc.assert(
      fc.asyncProperty(specs, fc.array(request, { minLength: 1, maxLength: 5 }), async (all, requests) => {
        const world = build(ingresses(all));
        for (const each of requests) {
          const { status } = await world.send(each);
          expect([200, 301, 308, 404, 503]).toContain(status);
        }
        expect(world.failures).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
