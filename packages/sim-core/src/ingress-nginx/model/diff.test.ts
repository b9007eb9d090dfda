import { expect, test } from 'vitest';
import { ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import { changeOf, reuseUnchanged } from './diff.ts';

function world() {
  const made = new TestIngress();
  made.service('web', 2);
  made.service('canary');
  made.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' } })]);
  return made;
}

function changeAfter(change: (made: TestIngress) => void) {
  const made = world();
  const before = made.start().proxy.running.configuration;
  change(made);
  const after = made.start().proxy.running.configuration;
  const reused = reuseUnchanged(before, after);
  return { change: changeOf(before, reused), before, reused };
}

const canary = (weight: string) =>
  ingressOf('canary', {
    host: 'app.test',
    paths: { '/': 'canary' },
    annotations: { canary: 'true', 'canary-weight': weight },
    age: 1,
  });

test.each<[string, string, (made: TestIngress) => void]>([
  ['nothing', 'an event that changes nothing', () => {}],
  [
    'nothing',
    'an Ingress of another class',
    (made) => made.load([ingressOf('x', { host: 'x.test', paths: { '/': 'web' }, ingressClassName: 'other' })]),
  ],
  ['nothing', 'a Service that no Ingress names', (made) => made.service('unused')],
  ['endpoints', 'scaling', (made) => made.scale('web', 3)],
  ['endpoints', 'scaling to nothing', (made) => made.scale('web', 0)],
  ['endpoints', 'a canary for a path that is there', (made) => made.load([canary('5')])],
  ['reload', 'a host', (made) => made.load([ingressOf('x', { host: 'x.test', paths: { '/': 'web' } })])],
  ['reload', 'a path', (made) => made.load([ingressOf('x', { host: 'app.test', paths: { '/x': 'web' }, age: 1 })])],
  ['reload', 'a ConfigMap key', (made) => made.configure({ 'server-tokens': 'true' })],
])('%s: %s', (expected, _name, change) => {
  expect(changeAfter(change).change).toBe(expected);
});

test('another weight needs no reload', () => {
  const made = world();
  made.load([canary('5')]);
  const before = made.start().proxy.running.configuration;
  made.load([canary('50')]);
  const reused = reuseUnchanged(before, made.start().proxy.running.configuration);
  expect(changeOf(before, reused)).toBe('endpoints');
});

test('what did not change stays the same object, so that balancers go on', () => {
  const { before, reused } = changeAfter((made) => made.scale('web', 3));
  expect(reused.servers).toBe(before.servers);
  const changed = reused.upstreams.filter((upstream) => !before.upstreams.includes(upstream));
  expect(changed.map(({ name }) => name)).toEqual(['default-web-80']);
});
