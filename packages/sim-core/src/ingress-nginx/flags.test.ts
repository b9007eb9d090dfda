import { expect, test } from 'vitest';
import { type Service, services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { formatDuration } from '../apimachinery/duration.ts';
import { FLAG_TABLE } from './flags/flag-table.ts';
import { DURATION } from './flags/flag-values.ts';
import { parseControllerFlags } from './flags.ts';
import { printConf } from './nginx/print-conf.ts';
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

test.each([
  [['--nginx-conf'], 'unknown flag: --nginx-conf', 2],
  [['--annotation-prefix=x'], 'unknown flag: --annotation-prefix', 2],
  [['--toString=x'], 'unknown flag: --toString', 2],
  [['--=x'], 'bad flag syntax: --=x', 2],
  [['--configmap'], 'flag needs an argument: --configmap', 2],
  [['-x'], "unknown shorthand flag: 'x' in -x", 2],
  [['-v'], "flag needs an argument: 'v' in -v", 2],
  [['--v=high'], 'invalid argument "high" for "-v, --v" flag: strconv.ParseInt: parsing "high": invalid syntax', 2],
  [['--http-port=x'], 'invalid argument "x" for "--http-port" flag: strconv.ParseInt: parsing "x": invalid syntax', 2],
  [
    ['--enable-metrics=yes'],
    'invalid argument "yes" for "--enable-metrics" flag: strconv.ParseBool: parsing "yes": invalid syntax',
    2,
  ],
  [['--election-ttl=30'], 'invalid argument "30" for "--election-ttl" flag: time: missing unit in duration "30"', 2],
  [['--sync-period=often'], 'invalid argument "often" for "--sync-period" flag: time: invalid duration "often"', 2],
  [
    ['--time-buckets=1,x'],
    'invalid argument "1,x" for "--time-buckets" flag: strconv.ParseFloat: parsing "x": invalid syntax',
    2,
  ],
  [['--profiler-address=here'], 'invalid argument "here" for "--profiler-address" flag: failed to parse IP: "here"', 2],
  [
    ['--publish-service=a/b', '--publish-status-address=192.0.2.1'],
    'flags --publish-service and --publish-status-address are mutually exclusive',
    255,
  ],
  [
    ['--watch-namespace=a', '--watch-namespace-selector=a=b'],
    'flags --watch-namespace and --watch-namespace-selector are mutually exclusive',
    255,
  ],
  [['--watch-namespace-selector=a in b'], /^failed to parse --watch-namespace-selector=a in b, error: /, 255],
])('%j is refused', (argv, message, exitCode) => {
  let error: unknown;
  try {
    parseControllerFlags(argv);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ message: expect.stringMatching(message), exitCode });
});

test('every flag of the original is taken with its own default', () => {
  const argv = Object.entries(FLAG_TABLE).map(([name, flag]) => {
    const value = Array.isArray(flag.default) ? flag.default.join(',') : flag.default;
    return `--${name}=${flag.kind === DURATION ? formatDuration(Number(value)) : value}`;
  });
  const { postShutdownGracePeriod: _given, ...flags } = parseControllerFlags(argv);
  const { postShutdownGracePeriod: _default, ...defaults } = parseControllerFlags([]);
  expect(flags).toEqual(defaults);
});

test('texts and numbers take the argument behind them, too', () => {
  const flags = parseControllerFlags([
    '--http-port',
    '8080',
    '--https-port=8443',
    '--configmap',
    'a/b',
    '-v=2',
    '--',
    '--http-port=81',
  ]);
  expect(flags).toMatchObject({ httpPort: 8080, httpsPort: 8443, configMap: 'a/b', healthzPort: 10254 });
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
  const { world } = serving([flag, '--publish-service=', '--publish-status-address=192.0.2.1']);
  world.advance(120_000);
  const addressOf = (name: string) => world.client.get(ingresses, name, 'web')?.status?.loadBalancer?.ingress;
  expect(addressOf('shop')).toEqual([{ ip: '192.0.2.1' }]);
  expect(addressOf('lab')).toBeUndefined();
});

test('--annotations-prefix: the usual one means nothing then', async () => {
  const annotations = {
    'example.com/permanent-redirect': 'http://other.test',
    'nginx.ingress.kubernetes.io/temporal-redirect': 'http://none.test',
  };
  expect(await serving(['--annotations-prefix=example.com'], annotations).status('shop.test')).toBe(301);
  expect(await serving([], annotations).status('shop.test')).toBe(302);
});

test('--default-server-port and --health-check-path', async () => {
  const { world, replica } = serving(['--default-server-port=8282', '--health-check-path=/live']);
  const status = async (path: string) => (await world.send({ host: 'nobody.test', path })).status;
  expect([await status('/live'), await status('/healthz')]).toEqual([200, 404]);
  const conf = printConf(replica.proxy.running.configuration);
  expect(conf).toContain('listen 127.0.0.1:8282;');
  expect(conf).not.toContain('8181');
});

test('--disable-svc-external-name', async () => {
  const { world, status } = serving(['--disable-svc-external-name']);
  const service = world.client.get(services, 'shop', 'web') as Service;
  world.load([{ ...service, spec: { type: 'ExternalName', externalName: '192.0.2.1', ports: [{ port: 80 }] } }]);
  expect(await status('shop.test')).toBe(503);
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
