import { expect, test } from 'vitest';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { echoOf } from '../../conformance/ingress-nginx/backends.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';

/** As it stands in the store, without the path that the API would not let pass for this type. */
function withoutPath(ingress: unknown): Ingress {
  const made = structuredClone(ingress) as Ingress;
  for (const path of made.spec.rules?.[0]?.http?.paths ?? []) delete path.path;
  return made;
}

test('a missing path is /, for a canary and its main Ingress alike', async () => {
  const world = new TestIngress();
  world.service('web');
  world.service('next');
  const path = (service: string) => ({ '/': { service, pathType: 'ImplementationSpecific' } });
  const annotations = { canary: 'true', 'canary-weight': '100' };
  world.load([
    ingressOf('web', { host: 'app.test', paths: path('web') }),
    withoutPath(ingressOf('next', { host: 'app.test', paths: path('next'), annotations, age: 1 })),
  ]);
  const replica = world.start();
  expect(replica.model().dropped).toEqual([]);
  expect(echoOf(await world.send({ host: 'app.test' }))?.service).toBe('next');
});
