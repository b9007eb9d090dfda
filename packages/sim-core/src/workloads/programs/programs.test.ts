import { describe, expect, test } from 'vitest';
import type { Container } from '../../api/core-v1/pod.ts';
import { TestCluster } from '../../kubelet/testing/test-cluster.ts';

/** A cluster with one pod of the image; `get` asks it on the port. */
function running(image: string, container: Partial<Container> = {}) {
  const cluster = new TestCluster();
  const ip = cluster.pod('pod', { name: 'main', image, ports: [], ...container }).status?.podIP ?? '';
  const get = (port: number, path = '/', headers: string[] = [], method = 'GET') => {
    const { result } = cluster.ask(ip, port, path, headers, method);
    if (typeof result !== 'object') throw new Error(`no answer: ${result}`);
    return result;
  };
  return { cluster, ip, get };
}

describe('web', () => {
  const image = 'alonit/netflix-frontend:0.9.0';
  const ports = [{ containerPort: 3000 }];

  test('curl and wget get text that names app, tag, pod, node and namespace', () => {
    const { get } = running(image, { ports });
    for (const headers of [[], ['accept', '*/*']]) {
      expect(get(3000, '/', headers)).toEqual({
        status: 200,
        headers: ['content-type', 'text/plain; charset=utf-8', 'content-length', '50'],
        body: 'pod 0.9.0\npod pod, node node-0, namespace default\n',
      });
    }
    expect(get(3000, '/movies?id=1').body).toContain('\nGET /movies?id=1\n');
  });

  test('browsers get a page, programs JSON', () => {
    const { get } = running(image, { ports });
    const page = get(3000, '/<script>', ['accept', 'text/html,application/xhtml+xml,*/*;q=0.8']);
    expect(page.headers[1]).toBe('text/html; charset=utf-8');
    for (const part of ['pod', '0.9.0', 'node-0', 'default', image, 'GET /&lt;script&gt;'])
      expect(page.body).toContain(part);
    expect(page.body).not.toContain('<script>');
    expect(JSON.parse(get(3000, '/x', ['accept', 'application/json']).body)).toEqual({
      app: 'pod',
      version: '0.9.0',
      image,
      pod: 'pod',
      node: 'node-0',
      namespace: 'default',
      method: 'GET',
      url: '/x',
      remoteAddress: '10.0.0.99',
    });
  });

  test('the name of the app is its label, else the image’s', () => {
    const cluster = new TestCluster();
    const name = (labels: Record<string, string>, pod: string) =>
      cluster.ask(cluster.pod(pod, { image }, {}, labels).status?.podIP ?? '', 8080).result as { body: string };
    expect(name({}, 'a').body).toMatch(/^netflix-frontend 0\.9\.0\n/);
    expect(name({ app: 'canary', 'app.kubernetes.io/name': 'x' }, 'b').body).toMatch(/^canary 0\.9\.0\n/);
    expect(name({ 'app.kubernetes.io/name': 'x' }, 'c').body).toMatch(/^x 0\.9\.0\n/);
  });

  test('listens on the declared ports only; with none on any, and says so', () => {
    const { cluster, ip } = running(image, { ports });
    expect(cluster.ask(ip, 3001).result).toBe('refused');
    expect(cluster.notices).toEqual([]);
    const any = running(image);
    expect(any.get(12_345).status).toBe(200);
    expect(any.cluster.notices).toEqual([
      `container main (${image}) declares no containerPort: its simulated program answers on any port`,
    ]);
  });
});

describe('a web program that calls others', () => {
  function shop() {
    const cluster = new TestCluster();
    const env = [{ name: 'MOVIE_CATALOG_SERVICE', value: 'http://netflix-movie-catalog-service:8080' }];
    const front = cluster.pod('front', { env }).status?.podIP ?? '';
    const ask = (path = '/', headers: string[] = []) => {
      return cluster.ask(front, 8080, path, headers).result as { body: string };
    };
    return { cluster, ask };
  }

  test('asks by DNS name through the Service and reports what came', () => {
    const { cluster, ask } = shop();
    cluster.pod('catalog', { image: 'me/netflix-movie-catalog:1.2.0' });
    cluster.service('netflix-movie-catalog-service', {
      clusterIP: '10.96.0.30',
      selector: { app: 'catalog' },
      ports: [{ port: 8080, targetPort: 8080 }],
    });
    expect(ask().body.split('\n').at(-2)).toBe(
      'MOVIE_CATALOG_SERVICE http://netflix-movie-catalog-service:8080/ -> 200 catalog 1.2.0',
    );
    const log = cluster.logs('catalog').at(-1);
    expect(log).toContain('10.244.0.2 - - ');
    expect(ask('/other').body).not.toContain('MOVIE');
    const json = JSON.parse(ask('/', ['accept', 'application/json']).body);
    expect(json.calls).toEqual([
      {
        variable: 'MOVIE_CATALOG_SERVICE',
        url: 'http://netflix-movie-catalog-service:8080/',
        status: 200,
        says: 'catalog 1.2.0',
      },
    ]);
  });

  test('what goes wrong is one short line, and its own answer stays 200', () => {
    const { cluster, ask } = shop();
    const outcome = () => ask().body.split(' -> ')[1]?.trim();
    expect(outcome()).toBe("bad address 'netflix-movie-catalog-service'");
    cluster.service('netflix-movie-catalog-service', {
      clusterIP: '10.96.0.30',
      selector: { app: 'none' },
      ports: [{ port: 8080 }],
    });
    expect(outcome()).toBe("can't connect to 10.96.0.30:8080: connection refused");
  });

  test('two that call each other come to an end', () => {
    const cluster = new TestCluster();
    for (const [name, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      cluster.pod(name, { env: [{ name: 'OTHER', value: `http://${other}` }] });
      cluster.service(name, { clusterIP: `10.96.0.${name === 'a' ? 1 : 2}` });
    }
    const asked = cluster.ask(cluster.get('a').status?.podIP ?? '', 8080);
    expect(asked.result).toMatchObject({ status: 200 });
    const requests = ['a', 'b'].flatMap((name) => cluster.logs(name).filter((text) => text.includes('GET /')));
    expect(requests).toHaveLength(5);
  });

  test('one that does not answer is given up', () => {
    const { cluster } = shop();
    cluster.externalHosts.add('slow.example.com:8080', { http: () => {} });
    cluster.service('netflix-movie-catalog-service', {
      type: 'ExternalName',
      externalName: 'slow.example.com',
      clusterIP: undefined,
    });
    const asked = cluster.ask(cluster.get('front').status?.podIP ?? '', 8080);
    cluster.advance(2);
    expect(asked.result).toMatchObject({
      status: 200,
      body: expect.stringContaining('-> 203.0.113.1:8080 did not answer in time'),
    });
  });
});

test('nginx: welcome page on 80, whatever containerPort says', () => {
  const { get, cluster, ip } = running('nginx:1.27.3', { ports: [{ containerPort: 8080 }] });
  expect(get(80)).toMatchObject({
    status: 200,
    headers: expect.arrayContaining(['server', 'nginx/1.27.3']),
    body: expect.stringContaining('Welcome to nginx!'),
  });
  expect(get(80, '/nope')).toMatchObject({ status: 404 });
  expect(get(80, '/', [], 'POST')).toMatchObject({ status: 405 });
  expect(cluster.ask(ip, 8080).result).toBe('refused');
  expect(running('nginxinc/nginx-unprivileged').get(8080).status).toBe(200);
});

test('httpd: It works!', () => {
  expect(running('httpd:2.4').get(80)).toMatchObject({ status: 200, body: expect.stringContaining('It works!') });
});

test('whoami: text and JSON', () => {
  const { get } = running('traefik/whoami', { args: ['--name=me', '--port', '8000'] });
  const headers = ['host', 'who.test', 'x-b', '2', 'x-a', '1', 'x-a', '3'];
  expect(get(8000, '/p?q', headers).body).toBe(
    'Name: me\nHostname: pod\nIP: 127.0.0.1\nIP: 10.244.0.2\nRemoteAddr: 10.0.0.99\nGET /p?q HTTP/1.1\nHost: who.test\nX-A: 1\nX-A: 3\nX-B: 2\n\n',
  );
  expect(JSON.parse(get(8000, '/api', headers).body)).toMatchObject({
    hostname: 'pod',
    host: 'who.test',
    url: '/api',
    method: 'GET',
    name: 'me',
    headers: { 'X-A': ['1', '3'] },
  });
  expect(get(8000, '/health').status).toBe(200);
});

test('http-echo: -text, -listen, -status-code', () => {
  expect(running('hashicorp/http-echo').get(5678)).toMatchObject({ body: 'hello-world\n' });
  const { get } = running('hashicorp/http-echo:1.0', { args: ['-text=banana', '-listen=:8080', '-status-code=201'] });
  expect(get(8080, '/any')).toMatchObject({ status: 201, body: 'banana\n' });
  expect(get(8080, '/health').body).toContain('"ok"');
});

test('ealen/echo-server: the request as JSON, with its switches', () => {
  const { get } = running('ealen/echo-server', { env: [{ name: 'PORT', value: '3000' }] });
  const echo = JSON.parse(get(3000, '/p?a=b', ['host', 'e.test:80', 'cookie', 'x=1; y=2']).body);
  expect(echo).toMatchObject({
    host: { hostname: 'e.test' },
    http: { method: 'GET', originalUrl: '/p?a=b' },
    request: { params: { 0: '/p' }, query: { a: 'b' }, cookies: { x: '1', y: '2' }, headers: { host: 'e.test:80' } },
    environment: { HOSTNAME: 'pod', PORT: '3000' },
  });
  expect(get(3000, '/?echo_code=404&echo_body=no').status).toBe(404);
  expect(get(3000, '/', ['x-echo-code', '503']).status).toBe(503);
});

test('echoserver: pod, server and request as text', () => {
  const { get } = running('registry.k8s.io/e2e-test-images/echoserver:2.3');
  const { body } = get(8080, '/a?b=c', ['host', 'e.test', 'X-Own', '1']);
  for (const line of [
    'Hostname: pod',
    '\tpod name:\tpod',
    '\treal path=/a?b=c',
    '\tquery=b=c',
    '\tmethod=GET',
    '\tx-own=1',
    '-no body in request-',
  ]) {
    expect(body).toContain(line);
  }
});

test('the conformance echo: the request and who it is, as JSON', () => {
  const env = [
    { name: 'POD_NAME', value: 'p' },
    { name: 'NAMESPACE', value: 'n' },
    { name: 'INGRESS_NAME', value: 'i' },
    { name: 'SERVICE_NAME', value: 's' },
  ];
  const { get } = running('registry.k8s.io/ingressconformance/echoserver:v0.0.1', { env });
  const answer = get(3000, '//foo?x', ['host', 'h', 'user-agent', 'Go-http-client/1.1']);
  expect(answer.headers).toEqual(expect.arrayContaining(['application/json', 'x-content-type-options', 'nosniff']));
  expect(JSON.parse(answer.body)).toEqual({
    path: '//foo?x',
    host: 'h',
    method: 'GET',
    proto: 'HTTP/1.1',
    headers: { 'User-Agent': ['Go-http-client/1.1'] },
    namespace: 'n',
    ingress: 'i',
    service: 's',
    pod: 'p',
  });
  expect(get(3000, '/health').body).toBe('OK');
});

test('agnhost netexec; its exit ends the container', () => {
  const { get, cluster, ip } = running('registry.k8s.io/e2e-test-images/agnhost:2.53', {
    args: ['netexec', '--http-port=8081'],
  });
  expect(get(8081, '/hostname').body).toBe('pod');
  expect(get(8081, '/clientip').body).toBe('10.0.0.99');
  expect(get(8081, '/echo?msg=hi&code=201')).toMatchObject({ status: 201, body: 'hi' });
  expect(get(8081, '/header?key=X-Own', ['x-own', 'v']).body).toBe('v');
  expect(get(8081, '/exit?code=3').status).toBe(200);
  expect(cluster.container('pod')).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 3 } } });
  expect(cluster.ask(ip, 8081, '/hostname').result).toMatchObject({ status: 200 });
  expect(running('registry.k8s.io/e2e-test-images/agnhost:2.53').cluster.ask(ip, 8080).result).toBe('refused');
});

test('rollouts-demo: its tag is its colour; bad ones fail at times, slow ones take two seconds', () => {
  expect(running('argoproj/rollouts-demo:blue').get(8080, '/color').body).toBe('"blue"');
  const bad = running('argoproj/rollouts-demo:bad-red');
  const statuses = Array.from({ length: 400 }, () => bad.get(8080, '/color').status);
  const failed = statuses.filter((status) => status === 500).length;
  expect(failed).toBeGreaterThan(20);
  expect(failed).toBeLessThan(120);
  const slow = running('argoproj/rollouts-demo:slow-yellow');
  const asked = slow.cluster.ask(slow.ip, 8080, '/color');
  slow.cluster.advance(2);
  expect(asked.result).toMatchObject({ body: '"yellow"' });
});

test('podinfo: identity, health switch, status, panic', () => {
  const { get, cluster } = running('ghcr.io/stefanprodan/podinfo:6.7.0');
  expect(JSON.parse(get(9898).body)).toMatchObject({ hostname: 'pod', version: '6.7.0' });
  expect(get(9898, '/', ['accept', 'text/html']).headers[1]).toContain('text/html');
  expect(get(9898, '/readyz/disable').status).toBe(202);
  expect(get(9898, '/readyz').status).toBe(503);
  expect(get(9898, '/healthz').status).toBe(200);
  expect(get(9898, '/status/418').status).toBe(418);
  expect(get(9898, '/nope').status).toBe(404);
  get(9898, '/panic');
  expect(cluster.container('pod')).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 255 } } });
});

test('httpbin: get, headers, status, redirect, delay', () => {
  const { get, cluster, ip } = running('kennethreitz/httpbin');
  const seen = JSON.parse(get(80, '/get?a=1', ['host', 'b.test', 'x-own', '1']).body);
  expect(seen).toEqual({
    args: { a: '1' },
    headers: { Host: 'b.test', 'X-Own': '1' },
    origin: '10.0.0.99',
    url: 'http://b.test/get?a=1',
  });
  expect(get(80, '/get', [], 'POST').status).toBe(405);
  expect(get(80, '/status/503').status).toBe(503);
  expect(get(80, '/redirect/2').headers).toEqual(expect.arrayContaining(['location', '/redirect/1']));
  expect(JSON.parse(get(80, '/delete', [], 'DELETE').body)).toMatchObject({ method: 'DELETE', data: '' });
  const delayed = cluster.ask(ip, 80, '/delay/3');
  cluster.advance(2.9);
  expect(delayed.result).toBeUndefined();
  cluster.advance(0.1);
  expect(delayed.result).toMatchObject({ status: 200 });
});

test('databases take connections on their port and speak no HTTP', () => {
  for (const [image, port] of [
    ['postgres:16', 5432],
    ['redis', 6379],
    ['bitnami/postgresql', 5432],
    ['mongo:7', 27_017],
  ] as const) {
    const { cluster, ip } = running(image);
    expect(cluster.network.dial(ip, port, '')).toMatchObject({ workload: { tcp: expect.any(Function) } });
    expect(cluster.ask(ip, port).result).toBe('reset');
    expect(cluster.network.dial(ip, 80, '')).toBe('refused');
    cluster.delete('pod');
    expect(cluster.find('pod')).toBeUndefined();
  }
});
