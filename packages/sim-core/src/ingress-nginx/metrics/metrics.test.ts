import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ingressOf } from '../testing/ingress-of.ts';
import { exchangeAll } from '../testing/test-client.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import { Histogram } from './histogram.ts';
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
  expect(text).toContain('nginx_ingress_controller_request_duration_seconds_count');
  expect(text).toMatch(/config_last_reload_successful\{[^}]*\} 1\n/);
  expect(text).toMatch(/success\{[^}]*\} 1\n/);
  expect(text).toMatch(/leader_election_status\{[^}]*,name="ingress-controller-leader"\} 1\n/);
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
      expect(samples.slice(0, 4).map(({ value }) => value)).toEqual(expected);
      expect(samples[4]?.value).toBe(values.reduce((sum, each) => sum + each, 0));
    }),
  );
});
