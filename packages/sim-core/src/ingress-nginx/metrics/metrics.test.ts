import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { exchangeAll } from '../testing/test-client.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import { admit, serveWebhook, WEBHOOK_FLAGS } from '../testing/test-webhook.ts';
import { goNumber } from './go-number.ts';
import { Histogram } from './histogram.ts';
import { readExposition } from './testing/read-exposition.ts';
import { printMetrics } from './text-format.ts';

function world() {
  const made = new TestIngress();
  made.service('main');
  made.service('canary');
  made.load([
    ingressOf('main', { host: 'app.test', paths: { '/api': 'main' } }),
    ingressOf('canary', {
      host: 'app.test',
      paths: { '/api': 'canary' },
      annotations: { canary: 'true', 'canary-by-header': 'X-C' },
      age: 1,
    }),
  ]);
  return made;
}

async function scrape(made: TestIngress): Promise<string> {
  const workload = made.replicas[0]?.listener(10254);
  if (workload === undefined) throw new Error('nobody listens on 10254');
  const [answer] = await exchangeAll(workload, [{ host: 'x', path: '/metrics' }], made.server.clock);
  return answer?.body ?? '';
}

/** What a strict reader reads of a scrape. */
async function read(made: TestIngress) {
  const families = readExposition(await scrape(made));
  const of = (name: string) => families.find((each) => each.name === `nginx_ingress_controller_${name}`);
  /** The only sample, or the one with these labels. */
  const value = (name: string, labels: Record<string, string> = {}, suffix = '') =>
    of(name)?.samples.find(
      (sample) =>
        sample.name.endsWith(`${name}${suffix}`) &&
        Object.entries(labels).every(([label, wanted]) => sample.labels[label] === wanted),
    )?.value;
  return { families, of, value };
}

test('requests carry the labels of the real one, the canary among them', async () => {
  const made = world();
  made.start(['--enable-metrics=true']);
  await made.send({ host: 'app.test', path: '/api/x' });
  await made.send({ host: 'app.test', path: '/api/x' });
  await made.send({ host: 'app.test', path: '/api/x', headers: ['X-C', 'always'] });
  await made.send({ host: 'nobody.test' });
  const text = await scrape(made);
  const labels = (canary: string) =>
    `{canary="${canary}",controller_class="k8s.io/ingress-nginx",controller_namespace="ingress-nginx",controller_pod="controller-0",host="app.test",ingress="main",method="GET",namespace="default",path="/api",service="main",status="200"}`;
  expect(text).toContain(`nginx_ingress_controller_requests${labels('')} 2\n`);
  expect(text).toContain(`nginx_ingress_controller_requests${labels('default-canary-80')} 1\n`);
  expect(text).not.toContain('nobody.test');
  expect(text).toMatch(/config_last_reload_successful\{[^}]*\} 1\n/);
  expect(text).toMatch(/controller_success\{[^}]*\} 1\n/);
  expect(text).toMatch(/leader_election_status\{[^}]*,name="ingress-controller-leader"\} 1\n/);
  expect(text).toMatch(/timestamp_seconds\{[^}]*\} 1\.7672256e\+09\n/);
});

const CONSTANT = ['controller_class', 'controller_namespace', 'controller_pod'];
const REQUEST = ['canary', ...CONSTANT, 'host', 'ingress', 'method', 'namespace', 'path', 'service', 'status'];
const TIMES = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf'];
const LENGTHS = ['10', '20', '30', '40', '50', '60', '70', '80', '90', '100', '+Inf'];
const SIZES = ['10', '100', '1000', '10000', '100000', '1e+06', '1e+07', '+Inf'];

test('every metric of the original, with its type, labels and buckets', async () => {
  const made = world();
  made.load([ingressOf('alone', { host: 'alone.test', paths: { '/': 'missing' } })]);
  const replica = made.start(['--enable-metrics', ...WEBHOOK_FLAGS]);
  serveWebhook(made, replica);
  admit(made, ingressOf('new', { host: 'new.test', paths: { '/': 'main' }, age: 1 }) as Ingress);
  admit(made, ingressOf('bad', { host: 'app.test', paths: { '/api': 'main' }, age: 1 }) as Ingress);
  made.load([ingressOf('dup', { host: 'dup.test', paths: { '/a': 'main', '/a/': 'main' } })]);
  await made.send({ host: 'app.test', path: '/api/x' });
  const { families } = await read(made);
  const shape = families.map(({ name, type, samples }) => {
    const [first] = samples;
    const labels = Object.keys(first?.labels ?? {}).filter((label) => label !== 'le');
    const bounds = samples.flatMap(({ labels: { le } }) => (le === undefined ? [] : [le]));
    return [name.replace('nginx_ingress_controller_', ''), type, labels, bounds];
  });
  const admission = (name: string) => [`admission_${name}`, 'gauge', CONSTANT, []];
  const nginx = (name: string, type: string, more: string[] = []) => [
    `nginx_process_${name}`,
    type,
    [...CONSTANT, ...more],
    [],
  ];
  const histogram = (name: string, bounds: string[]) => [name, 'histogram', REQUEST, bounds];
  const ssl = ['class', 'host', 'identifier', 'issuer_common_name', 'issuer_organization', 'namespace'];
  expect(shape).toEqual([
    admission('config_size'),
    admission('render_duration'),
    admission('render_ingresses'),
    admission('roundtrip_duration'),
    admission('tested_duration'),
    admission('tested_ingresses'),
    ['build_info', 'gauge', ['build', ...CONSTANT, 'release', 'repository'], []],
    histogram('bytes_sent', SIZES),
    ['check_errors', 'counter', [...CONSTANT, 'ingress', 'namespace'], []],
    ['check_success', 'counter', [...CONSTANT, 'ingress', 'namespace'], []],
    ['config_hash', 'gauge', CONSTANT, []],
    ['config_last_reload_successful', 'gauge', CONSTANT, []],
    ['config_last_reload_successful_timestamp_seconds', 'gauge', CONSTANT, []],
    histogram('connect_duration_seconds', TIMES),
    ['errors', 'counter', CONSTANT, []],
    histogram('header_duration_seconds', TIMES),
    ['leader_election_status', 'gauge', [...CONSTANT, 'name'], []],
    nginx('connections', 'gauge', ['state']),
    nginx('connections_total', 'counter', ['state']),
    nginx('cpu_seconds_total', 'counter'),
    nginx('num_procs', 'gauge'),
    nginx('oldest_start_time_seconds', 'gauge'),
    nginx('read_bytes_total', 'counter'),
    nginx('requests_total', 'counter'),
    nginx('resident_memory_bytes', 'gauge'),
    nginx('virtual_memory_bytes', 'gauge'),
    nginx('write_bytes_total', 'counter'),
    ['orphan_ingress', 'gauge', [...CONSTANT, 'ingress', 'namespace', 'type'], []],
    histogram('request_duration_seconds', TIMES),
    histogram('request_size', LENGTHS),
    ['requests', 'counter', REQUEST, []],
    histogram('response_duration_seconds', TIMES),
    histogram('response_size', LENGTHS),
    ['ssl_certificate_info', 'gauge', [...ssl, 'public_key_algorithm', 'secret_name', 'serial_number'], []],
    ['success', 'counter', CONSTANT, []],
  ]);
});

test('values agree with what was sent and answered', async () => {
  const made = world();
  made.start(['--enable-metrics']);
  const answers = [
    await made.send({ host: 'app.test', path: '/api/x', method: 'POST', body: 'x'.repeat(100) }),
    await made.send({ host: 'app.test', path: '/api/x', method: 'POST', body: 'x' }),
  ];
  const { value } = await read(made);
  const post = { method: 'POST', status: '200' };
  expect(value('requests', post)).toBe(2);
  const bodies = answers.reduce((sum, { body }) => sum + body.length, 0);
  const [sum, count] = ['_sum', '_count'].map((suffix) => value('bytes_sent', post, suffix));
  expect(count).toBe(2);
  expect(sum).toBeGreaterThan(bodies + 2 * 50);
  expect(sum).toBeLessThan(bodies + 2 * 400);
  expect(value('response_size', post, '_sum')).toBe(sum);
  expect(value('request_size', post, '_sum')).toBeGreaterThan(101);
  expect(value('connect_duration_seconds', post, '_count')).toBe(2);
  expect(value('nginx_process_requests_total')).toBe(2);
  expect(value('nginx_process_connections', { state: 'writing' })).toBe(0);
});

test('times are those of the request; of several tries none is known', async () => {
  const made = new TestIngress();
  made.service('slow');
  made.load([
    ingressOf('slow', { host: 'slow.test', paths: { '/slow': 'slow' } }),
    ingressOf('dead', { host: 'dead.test', paths: { '/': 'dead' }, age: 1 }),
  ]);
  made.service('dead', 2, 'refuse');
  made.start(['--enable-metrics']);
  await made.send({ host: 'slow.test', path: '/slow' });
  await made.send({ host: 'dead.test' });
  const { value } = await read(made);
  const slow = { host: 'slow.test' };
  expect(value('request_duration_seconds', slow, '_sum')).toBe(0.5);
  expect(value('response_duration_seconds', slow, '_sum')).toBe(0.5);
  expect(value('header_duration_seconds', slow, '_sum')).toBe(0.5);
  expect(value('request_duration_seconds', { ...slow, le: '0.25' }, '_bucket')).toBe(0);
  expect(value('request_duration_seconds', { ...slow, le: '0.5' }, '_bucket')).toBe(1);
  const dead = { host: 'dead.test', status: '502' };
  expect(value('requests', dead)).toBe(1);
  expect(value('response_duration_seconds', dead, '_count')).toBeUndefined();
  expect(value('connect_duration_seconds', dead, '_count')).toBeUndefined();
});

test('what is told of reloads, orphans, certificates and checks', async () => {
  const made = world();
  made.load([
    ingressOf('alone', { host: 'alone.test', paths: { '/': 'missing' } }),
    ingressOf('empty', { host: 'empty.test', paths: { '/': 'empty' } }),
  ]);
  made.service('empty', 0);
  made.start(['--enable-metrics']);
  const before = await read(made);
  expect(before.value('orphan_ingress', { ingress: 'alone', type: 'no-service' })).toBe(1);
  expect(before.value('orphan_ingress', { ingress: 'alone', type: 'no-endpoint' })).toBeUndefined();
  expect(before.value('orphan_ingress', { ingress: 'empty', type: 'no-service' })).toBe(0);
  expect(before.value('orphan_ingress', { ingress: 'empty', type: 'no-endpoint' })).toBe(1);
  expect(before.value('orphan_ingress', { ingress: 'main', type: 'no-endpoint' })).toBe(0);
  expect(before.of('ssl_certificate_info')?.samples.map(({ labels }) => labels)).toMatchObject([
    {
      host: '_',
      issuer_common_name: 'Kubernetes Ingress Controller Fake Certificate',
      issuer_organization: 'Acme Co',
      public_key_algorithm: 'ECDSA',
      secret_name: '',
      identifier: expect.stringMatching(/^-\d+$/),
    },
  ]);
  made.load([ingressOf('more', { host: 'more.test', paths: { '/': 'main' } })]);
  const after = await read(made);
  expect(after.value('success')).toBe(2);
  expect(after.value('config_hash')).not.toBe(before.value('config_hash'));
  made.load([ingressOf('dup', { host: 'dup.test', paths: { '/a': 'main', '/a/': 'main' } })]);
  const failed = await read(made);
  expect([failed.value('errors'), failed.value('config_last_reload_successful'), failed.value('config_hash')]).toEqual([
    1, 0, 0,
  ]);
});

test('an Ingress that goes takes its numbers with it', async () => {
  const made = world();
  made.start(['--enable-metrics']);
  await made.send({ host: 'app.test', path: '/api' });
  made.client.delete(ingresses, 'default', 'main');
  made.manager.settle();
  expect((await read(made)).of('requests')).toBeUndefined();
});

test.each([
  [['--report-status-classes'], { status: '2xx', host: 'app.test' }],
  [['--metrics-per-host=false'], { status: '200' }],
])('%j', async (flags, labels) => {
  const made = world();
  made.start(['--enable-metrics', ...flags]);
  await made.send({ host: 'app.test', path: '/api' });
  const [sample] = (await read(made)).of('requests')?.samples ?? [];
  const { status, host } = sample?.labels ?? {};
  expect({ status, ...(host !== undefined && { host }) }).toEqual(labels);
});

test('--metrics-per-undefined-host, --time-buckets and --exclude-socket-metrics', async () => {
  const made = world();
  made.start([
    '--enable-metrics',
    '--metrics-per-undefined-host',
    '--time-buckets=1,2',
    '--exclude-socket-metrics=nginx_ingress_controller_request_size,bytes_sent',
  ]);
  await made.send({ host: 'nobody.test' });
  const { value, of } = await read(made);
  expect(value('requests', { host: 'nobody.test' })).toBe(1);
  expect(of('request_duration_seconds')?.samples.flatMap(({ labels: { le } }) => le ?? [])).toEqual(['1', '2', '+Inf']);
  expect([of('request_size'), of('bytes_sent'), of('response_size')?.type]).toEqual([
    undefined,
    undefined,
    'histogram',
  ]);
});

test.each([
  [0, '0'],
  [1, '1'],
  [999_999, '999999'],
  [1_000_000, '1e+06'],
  [1_776_590_291, '1.776590291e+09'],
  [0.25999999999999995, '0.25999999999999995'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [3.1325924438330885e18, '3.1325924438330885e+18'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [Number.NaN, 'NaN'],
])('%d is %s in Go', (value, text) => {
  expect(goNumber(value)).toBe(text);
});

test('with --enable-metrics=false the port says nothing of requests; health is answered all the same', async () => {
  const made = world();
  const replica = made.start(['--enable-metrics=false']);
  await made.send({ host: 'app.test', path: '/api' });
  expect(await scrape(made)).toBe('');
  const workload = replica.listener(10254);
  const answers = workload && (await exchangeAll(workload, [{ path: '/healthz' }, { path: '/' }], made.server.clock));
  expect(answers?.map(({ status, body }) => [status, body])).toEqual([
    [200, 'ok'],
    [404, '404 page not found\n'],
  ]);
});

test('every line of the text format is a comment or name, labels and number', () => {
  const value = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b'), value), fc.double({ noNaN: true }), (labels, number) => {
      const text = printMetrics([{ name: 'm', help: 'h', type: 'gauge', samples: [{ labels, value: number }] }]);
      const [line = ''] = text.trimEnd().split('\n').slice(-1);
      expect(text.split('\n')).toHaveLength(4);
      expect(line).toMatch(/^m(\{([ab]="(?:[^"\\]|\\.)*",?)+\})? (\S+)$/su);
    }),
  );
});

test('a histogram counts every value once, in every bucket that reaches it', () => {
  const bounds = [1, 5, 10];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (values) => {
      const histogram = new Histogram(bounds);
      for (const each of values) histogram.observe(each);
      const expected = [...bounds, Number.POSITIVE_INFINITY].map(
        (bound) => values.filter((each) => each <= bound).length,
      );
      const samples = histogram.samples({});
      if (values.length === 0) {
        expect(samples).toEqual([]);
        return;
      }
      expect(samples.slice(0, 4).map(({ value }) => value)).toEqual(expected);
      expect(samples[4]?.value).toBe(values.reduce((sum, each) => sum + each, 0));
    }),
  );
});
