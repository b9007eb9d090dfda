import { expect, test } from 'vitest';
import { TestIngress } from '../testing/test-ingress.ts';

const rule = (service: string) => ({
  host: 'app.test',
  http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }] },
});
const ingress = (name: string, service: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace: 'default', name, annotations, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { ingressClassName: 'nginx', rules: [rule(service)] },
});

function world(behaviour?: string) {
  const made = new TestIngress();
  made.service('main', 2, behaviour);
  made.service('canary');
  return made;
}

test('a line has the format upstreaminfo', async () => {
  const made = world();
  made.load([ingress('main', 'main')]);
  const replica = made.start();
  const headers = ['User-Agent', 'curl/8.5.0', 'Referer', 'http://r.test/', 'X-Request-ID', 'abc'];
  const { body } = await made.send({ host: 'app.test', path: '/a?b=c', headers, remoteAddress: '10.0.0.9' });
  expect(replica.logged()).toEqual([
    expect.stringMatching(
      new RegExp(
        `^10\\.0\\.0\\.9 - - \\[01/Jan/2026:00:00:00 \\+0000\\] "GET /a\\?b=c HTTP/1\\.1" 200 ${body.length} "http://r\\.test/" "curl/8\\.5\\.0" \\d+ 0\\.000 \\[default-main-80\\] \\[\\] 10\\.244\\.0\\.\\d+:8080 ${body.length} 0\\.000 200 abc$`,
      ),
    ),
  ]);
});

test('the alternative upstream is named where it was asked', async () => {
  const made = world();
  const annotations = {
    'nginx.ingress.kubernetes.io/canary': 'true',
    'nginx.ingress.kubernetes.io/canary-weight': '100',
  };
  made.load([ingress('main', 'main'), ingress('canary', 'canary', annotations)]);
  const replica = made.start();
  await made.send({ host: 'app.test' });
  expect(replica.logged()[0]).toContain('[default-main-80] [default-canary-80]');
});

test('every try is listed with its address, length, time and status', async () => {
  const made = world('one-refuses');
  made.load([ingress('main', 'main')]);
  const replica = made.start();
  for (let i = 0; i < 2; i++) await made.send({ host: 'app.test' });
  const retried = replica.logged().find((line) => line.includes(', ') && !line.includes('[error]'));
  expect(retried).toMatch(/10\.244\.0\.\d+:8080, 10\.244\.0\.\d+:8080 0, \d+ 0\.000, 0\.000 502, 200 /);
});

test('time is measured until the answer has ended', async () => {
  const made = world();
  made.load([ingress('main', 'main')]);
  const replica = made.start();
  await made.send({ host: 'app.test', path: '/slow' });
  made.advance(10_000);
  expect(replica.logged()[0]).toMatch(/ \d+ 0\.500 \[default-main-80\] .* 0\.500 200 /);
});

test('the default backend is not logged, nor a location that wants it so', async () => {
  const made = world();
  made.load([ingress('main', 'main', { 'nginx.ingress.kubernetes.io/enable-access-log': 'false' })]);
  const replica = made.start();
  await made.send({ host: 'app.test' });
  await made.send({ host: 'nobody.test' });
  expect(replica.logged()).toEqual([]);
  made.configure({ 'enable-access-log-for-default-backend': 'true' });
  await made.send({ host: 'nobody.test' });
  expect(replica.logged()[0]).toContain('[upstream-default-backend] [] 127.0.0.1:8181');
});
