import { expect, test } from 'vitest';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { parseControllerFlags } from './flags.ts';
import { ingressOf } from './testing/ingress-of.ts';
import { TestIngress } from './testing/test-ingress.ts';

test.each([
  [['--watch-ingress-without-class'], true],
  [['--watch-ingress-without-class=true'], true],
  [['--watch-ingress-without-class=1'], true],
  [['--watch-ingress-without-class=F'], false],
  [['--watch-ingress-without-class', 'false'], true],
  [['--watch-ingress-without-class=true', '--watch-ingress-without-class=false'], false],
  [[], false],
])('%j: a boolean takes its value behind = only', (argv, expected) => {
  expect(parseControllerFlags(argv).watchIngressWithoutClass).toBe(expected);
});

test('texts and numbers take the argument behind them, too', () => {
  const flags = parseControllerFlags([
    '--http-port',
    '8080',
    '--https-port=8443',
    '--configmap',
    'a/b',
    '--http-port=x',
  ]);
  expect(flags).toMatchObject({ httpPort: 80, httpsPort: 8443, configMap: 'a/b', healthzPort: 10254 });
  expect(parseControllerFlags(['--http-port', '8080']).httpPort).toBe(8080);
});

function serving(flags: readonly string[], annotations: Record<string, string> = {}) {
  const world = new TestIngress();
  const namespace = (name: string, labels: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  });
  world.load([namespace('shop', { team: 'web' }), namespace('lab', {})]);
  for (const each of ['shop', 'lab']) {
    world.service(`${each}/web`);
    const ingress = ingressOf('web', { namespace: each, host: `${each}.test`, paths: { '/': 'web' } });
    Object.assign((ingress as { metadata: { annotations: object } }).metadata.annotations, annotations);
    world.load([ingress]);
  }
  const replica = world.start(flags);
  return { world, replica, status: async (host: string) => (await world.send({ host })).status };
}

test('--watch-namespace-selector: Ingresses of namespaces with these labels only, also when labels change', async () => {
  const { world, status } = serving(['--watch-namespace-selector=team=web']);
  expect([await status('shop.test'), await status('lab.test')]).toEqual([200, 404]);
  world.load([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab', labels: { team: 'web' } } }]);
  expect(await status('lab.test')).toBe(200);
});

test.each(['--watch-namespace=shop', '--watch-namespace-selector=team=web'])('%s: others get no status', (flag) => {
  const { world } = serving([flag, '--publish-status-address=192.0.2.1']);
  world.advance(120_000);
  const addressOf = (name: string) => world.client.get(ingresses, name, 'web')?.status?.loadBalancer?.ingress;
  expect(addressOf('shop')).toEqual([{ ip: '192.0.2.1' }]);
  expect(addressOf('lab')).toBeUndefined();
});

test('a selector that cannot be read fits nothing', async () => {
  expect(await serving(['--watch-namespace-selector=a in b']).status('shop.test')).toBe(404);
});

test('--annotations-prefix: the usual one means nothing then', async () => {
  const annotations = {
    'example.com/permanent-redirect': 'http://other.test',
    'nginx.ingress.kubernetes.io/temporal-redirect': 'http://none.test',
  };
  expect(await serving(['--annotations-prefix=example.com'], annotations).status('shop.test')).toBe(301);
  expect(await serving([], annotations).status('shop.test')).toBe(302);
});

test('--http-port, --https-port and --healthz-port: nginx listens there', () => {
  const { replica } = serving(['--http-port=8080', '--https-port=8443', '--healthz-port=9000']);
  expect([80, 443, 10254, 8080, 8443, 9000].map((port) => replica.listener(port) !== undefined)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
  expect(replica.proxy.running.http).toMatchObject({ httpPort: 8080, httpsPort: 8443 });
});
