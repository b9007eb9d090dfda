import { expect, test } from 'vitest';
import { serve } from '../testing/served.ts';

const HEADERS = ['User-Agent', 'a "b"\\', 'Cookie', 'user=ann'];

test.each([
  ['$status $request_method "$request"', {}, '200 GET "GET /a?b=c HTTP/1.1"'],
  [
    '${host}:$server_port [$proxy_upstream_name] $namespace/$ingress_name',
    {},
    'app.test:80 [default-web-80] default/web',
  ],
  ['$upstream_status $upstream_response_time $time_iso8601', {}, '200 0.000 2026-01-01T00:00:00+00:00'],
  ['$http_user_agent $cookie_user $http_none $cookie_none', {}, 'a \\x22b\\x22\\x5C ann - -'],
  [
    '{"agent":"$http_user_agent","none":"$http_none"}',
    { 'log-format-escape-json': 'true' },
    '{"agent":"a \\"b\\"\\\\","none":""}',
  ],
  ['$http_user_agent $http_none.', { 'log-format-escape-none': 'true' }, 'a "b"\\ .'],
])('%s', async (format, more, line) => {
  const { get, replica } = serve({}, { configMap: { 'log-format-upstream': format, ...more } });
  await get('/a?b=c', { headers: HEADERS });
  expect(replica.logged()).toContain(line);
});

test('skip-access-log-urls leaves lines out', async () => {
  const { get, replica } = serve({}, { configMap: { 'skip-access-log-urls': '/healthz,~^/m' } });
  for (const path of ['/healthz', '/healthz?x', '/metrics', '/a']) await get(path);
  const logged = replica.logged().flatMap((line) => /"GET (\S+) /.exec(line)?.[1] ?? []);
  expect(logged).toEqual(['/healthz?x', '/a']);
});

test('disable-http-access-log leaves all out', async () => {
  const { get, replica } = serve({}, { configMap: { 'disable-http-access-log': 'true' } });
  await get('/a');
  expect(replica.logged().filter((line) => line.includes('GET /a'))).toEqual([]);
});
