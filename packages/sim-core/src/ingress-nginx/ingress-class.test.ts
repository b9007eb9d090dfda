import { expect, test } from 'vitest';
import { ingressOf } from './testing/ingress-of.ts';
import { TestIngress } from './testing/test-ingress.ts';

type Options = Parameters<typeof ingressOf>[1];

async function statusWith(options: Options, flags: readonly string[] = []): Promise<number> {
  const world = new TestIngress();
  const classOf = (name: string, controller: string) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  });
  world.load([classOf('internal', 'k8s.io/ingress-nginx'), classOf('other', 'example.com/other')]);
  world.service('web');
  world.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' }, ...options })]);
  world.start(flags);
  return (await world.send({ host: 'app.test' })).status;
}

/** An Ingress that names its class as of old. */
function annotated(value: string): unknown {
  const made = ingressOf('web', { host: 'app.test', paths: { '/': 'web' }, ingressClassName: '' }) as {
    metadata: { annotations: Record<string, string> };
  };
  made.metadata.annotations['kubernetes.io/ingress.class'] = value;
  return made;
}

test.each([
  ['its class belongs to this controller', { ingressClassName: 'internal' }, [], 200],
  ['the class belongs to another', { ingressClassName: 'other' }, [], 404],
  ['there is no such class', { ingressClassName: 'missing' }, [], 404],
  ['it names no class', { ingressClassName: '' }, [], 404],
  ['without class, watched all the same', { ingressClassName: '' }, ['--watch-ingress-without-class=true'], 200],
  [
    'another controller class is asked for',
    { ingressClassName: 'internal' },
    ['--controller-class=example.com/other'],
    404,
  ],
  ['that one', { ingressClassName: 'other' }, ['--controller-class=example.com/other'], 200],
  ['by name', { ingressClassName: 'other' }, ['--ingress-class=other', '--ingress-class-by-name=true'], 200],
] as const)('%s', async (_name, options, flags, status) => {
  expect(await statusWith(options, flags)).toBe(status);
});

test.each([
  ['nginx', [], 200],
  ['other', [], 404],
  ['other', ['--ingress-class=other'], 200],
] as const)('annotation %s, flags %j', async (value, flags, status) => {
  const world = new TestIngress();
  world.service('web');
  world.load([annotated(value)]);
  world.start(flags);
  expect((await world.send({ host: 'app.test' })).status).toBe(status);
});
