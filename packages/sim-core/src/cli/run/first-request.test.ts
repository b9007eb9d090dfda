import { expect, test } from 'vitest';
import { firstRequest } from './first-request.ts';
import { tryLines } from './try-lines.ts';

const HOSTNAME = 'k8s-a-b-0123456789.elb.us-east-1.localhost';

function ingress(hosts: (string | undefined)[], paths: string[] = ['/'], annotations = {}, tls: unknown[] = []) {
  const rules = hosts.map((host) => ({ host, http: { paths: paths.map((path) => ({ path })) } }));
  return { kind: 'Ingress', metadata: { annotations }, spec: { rules, tls } };
}

test.each([
  ['nothing is routed', [], HOSTNAME, '/', false],
  ['any host', [ingress([undefined])], HOSTNAME, '/', false],
  ["the load balancer's own name", [ingress(['a.example.com', HOSTNAME])], HOSTNAME, '/', false],
  ['a host of its own', [{ kind: 'Service' }, ingress(['a.example.com'])], 'a.example.com', '/', false],
  ['a wildcard', [ingress(['*.example.com'])], 'www.example.com', '/', false],
  ['a path', [ingress(['a.b'], ['/api', '/web'])], 'a.b', '/api', false],
  ['a pattern', [ingress(['a.b'], ['/x(/|$)(.*)', '/api'])], 'a.b', '/api', false],
  [
    'a canary first',
    [ingress(['c.d'], ['/'], { 'nginx.ingress.kubernetes.io/canary': 'true' }), ingress(['a.b'])],
    'a.b',
    '/',
    false,
  ],
  ['TLS', [ingress(['a.b'], ['/'], {}, [{ hosts: ['a.b'] }])], 'a.b', '/', true],
  [
    'TLS without the redirect',
    [ingress(['a.b'], ['/'], { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' }, [{}])],
    'a.b',
    '/',
    false,
  ],
  [
    'a forced redirect',
    [ingress(['a.b'], ['/'], { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' })],
    'a.b',
    '/',
    true,
  ],
])('%s', (_, manifests, host, path, redirected) => {
  expect(firstRequest(manifests, HOSTNAME)).toEqual({ host, path, redirected, routed: manifests.length > 0 });
});

test('a header that a canary of the same host and path waits for', () => {
  const annotation = (name: string, value: string) => ({ [`nginx.ingress.kubernetes.io/${name}`]: value });
  const canary = (annotations: object, host = 'a.b') =>
    ingress([host], ['/'], { ...annotation('canary', 'true'), ...annotations });
  const headerOf = (...manifests: { kind: string }[]) => firstRequest(manifests, HOSTNAME).header;
  const main = ingress(['a.b']);
  const byHeader = annotation('canary-by-header', 'FOO');
  expect(headerOf(main, canary({ ...byHeader, ...annotation('canary-by-header-value', 'bar') }))).toEqual({
    name: 'FOO',
    value: 'bar',
  });
  expect(headerOf(main, canary(byHeader))).toEqual({ name: 'FOO', value: 'always' });
  expect(headerOf(main, canary(byHeader, 'c.d'))).toBeUndefined();
  expect(headerOf(main, canary(annotation('canary-weight', '5')))).toBeUndefined();
  expect(headerOf(main, canary({ ...byHeader, ...annotation('canary-by-header-value', '$(id)') }))).toBeUndefined();
});

const lines = (host: string, path: string, redirected: boolean, platform: NodeJS.Platform) =>
  tryLines({
    balancer: {
      namespace: 'a',
      name: 'b',
      hostname: HOSTNAME,
      ports: [{ port: 80, url: 'http://127.0.0.1:1' }],
      ingress: true,
    },
    first: { host, path, redirected, routed: true },
    http: 'http://127.0.0.1:8080',
    platform,
    shell: platform === 'win32' ? 'powershell' : 'sh',
    has: () => true,
  });

test('hosts that no resolver knows are asked for through the edge as a proxy', () => {
  expect(lines('a.example.com', '/api', false, 'linux')).toEqual([
    '  curl -x http://127.0.0.1:8080 http://a.example.com/api',
    '  http_proxy=http://127.0.0.1:8080 wget -q -O- http://a.example.com/api',
    '  http_proxy=http://127.0.0.1:8080 /bin/sh -c "while sleep 0.05; do (wget -q -O- http://a.example.com/api &); done"',
  ]);
  expect(lines('a.example.com', '/', true, 'darwin')).toEqual([
    '  curl -kL -x http://127.0.0.1:8080 http://a.example.com/',
  ]);
  expect(lines('a.example.com', '/', true, 'win32')).toEqual([
    '  curl.exe -kL -x http://127.0.0.1:8080 http://a.example.com/',
    '  while ($true) { curl.exe -skL -x http://127.0.0.1:8080 http://a.example.com/; Start-Sleep -Milliseconds 50 }',
  ]);
});

test('the load balancer is asked under its own name and the port of the edge', () => {
  expect(lines(HOSTNAME, '/', false, 'linux')).toEqual([
    `  curl http://${HOSTNAME}:8080/`,
    `  http_proxy=http://127.0.0.1:8080 wget -q -O- http://${HOSTNAME}/`,
    `  http_proxy=http://127.0.0.1:8080 /bin/sh -c "while sleep 0.05; do (wget -q -O- http://${HOSTNAME} &); done"`,
  ]);
});
