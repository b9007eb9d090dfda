import { expect, test } from 'vitest';
import { ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import type { DropReason } from './draft.ts';

const main = (age = 0, service = 'main', name = 'main') =>
  ingressOf(name, { host: 'app.test', paths: { '/': service }, age });
const canary = (age = 1, more: Partial<Parameters<typeof ingressOf>[1]> = {}, name = 'canary') =>
  ingressOf(name, { host: 'app.test', paths: { '/': 'canary' }, annotations: { canary: 'true' }, age, ...more });

function droppedOf(objects: readonly unknown[]) {
  const world = new TestIngress();
  for (const name of ['main', 'canary', 'other']) world.service(name);
  world.load(objects);
  return world
    .start()
    .model()
    .dropped.map(({ ingress, reason, by }) => [ingress, reason, by]);
}

test.each<[name: string, objects: unknown[], expected: [string, DropReason, string][]]>([
  ['nothing, where all is well', [main(), canary()], []],
  [
    'a younger Ingress with the same path',
    [main(), main(1, 'other', 'late')],
    [['late', 'path-taken', 'default/main']],
  ],
  ['a canary for a host that nobody has', [main(), canary(1, { host: 'x.test' })], [['canary', 'no-host', '']]],
  ['a canary for another path', [main(), canary(1, { paths: { '/x': 'canary' } })], [['canary', 'no-main', '']]],
  [
    'a canary of another type',
    [main(), canary(1, { paths: { '/': { service: 'canary', pathType: 'Exact' } } })],
    [['canary', 'no-main', '']],
  ],
  [
    'a canary with the main one’s Service',
    [main(), canary(1, { paths: { '/': 'main' } })],
    [['canary', 'same-service', 'default/main']],
  ],
  ['a lone canary', [canary()], [['canary', 'only-canaries', '']]],
  [
    'a second canary',
    [main(), canary(), canary(2, { paths: { '/': 'other' } }, 'second')],
    [['second', 'second-canary', 'default/canary']],
  ],
  [
    'an ordinary Ingress for a canary’s Service',
    [main(), canary(), ingressOf('direct', { host: 'c.test', paths: { '/': 'canary' }, age: 2 })],
    [['direct', 'service-is-canary', 'default/canary']],
  ],
  [
    'a canary whose Service an older, ordinary Ingress uses',
    [ingressOf('direct', { host: 'c.test', paths: { '/': 'canary' } }), main(1), canary(2)],
    [['canary', 'service-is-main', '']],
  ],
])('%s', (_name, objects, expected) => {
  expect(droppedOf(objects)).toEqual(expected);
});
