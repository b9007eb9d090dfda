import { describe, expect, test } from 'vitest';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';
import { type FetchOptions, type FetchResult, fetchTarget } from '../workloads/fetch.ts';
import type { HttpRequest, HttpResponse } from '../workloads/workload.ts';
import { headerValue } from '../workloads/workload.ts';

const from = { ip: '10.244.0.99', namespace: 'default' };

/** The answers so far: one, as soon as it is there. */
function fetch({ http }: TestCluster, url: string, options: FetchOptions = {}): FetchResult[] {
  const answers: FetchResult[] = [];
  http.fetch(from, fetchTarget(new URL(url)), options, (result) => answers.push(result));
  return answers;
}

function cluster(): TestCluster {
  const made = new TestCluster();
  made.pod('web');
  made.service('web', { clusterIP: '10.96.0.10' });
  return made;
}

test('asks by DNS name through a Service', () => {
  const result = fetch(cluster(), 'http://web.default/x?y=1');
  expect(result).toMatchObject([{ status: 200, body: expect.stringContaining('GET /x?y=1') }]);
});

describe('what can go wrong', () => {
  test('the name is unknown', () => {
    expect(fetch(cluster(), 'http://wbe/')).toEqual([{ failure: 'bad address', message: "bad address 'wbe'" }]);
  });

  test('nobody listens, nobody is there', () => {
    const made = cluster();
    const ip = made.get('web').status?.podIP;
    expect(fetch(made, `http://${ip}:81/`)).toEqual([
      { failure: 'connection refused', message: `can't connect to ${ip}:81: connection refused` },
    ]);
    const nobody = fetch(made, 'http://10.1.1.1/');
    made.advance(4.9);
    expect(nobody).toEqual([]);
    made.advance(0.1);
    const message = "can't connect to 10.1.1.1:80: connection timed out";
    expect(nobody).toEqual([{ failure: 'timed out', message, connecting: true }]);
    made.delete('web');
    expect(fetch(made, 'http://web/')).toMatchObject([{ failure: 'connection refused' }]);
  });

  test('no answer in time: the program learns that nobody waits any more', () => {
    const made = new TestCluster();
    let gone = false;
    made.externalHosts.add('slow.example.com:80', {
      http: (_request, response) => response.onClose(() => (gone = true)),
    });
    const asked = fetch(made, 'http://slow.example.com/', { timeout: 1000 });
    made.advance(1);
    expect(asked).toEqual([{ failure: 'timed out', message: '203.0.113.1:80 did not answer in time' }]);
    expect(gone).toBe(true);
  });

  test('the connection breaks, or no HTTP is spoken', () => {
    const made = new TestCluster();
    made.externalHosts.add('a.example.com:80', { http: (_request, response) => response.destroy() });
    made.externalHosts.add('b.example.com:80', { tcp: () => {} });
    expect(fetch(made, 'http://a.example.com/')).toMatchObject([{ failure: 'connection reset' }]);
    expect(fetch(made, 'http://b.example.com/')).toMatchObject([{ failure: 'connection reset' }]);
  });
});

test('method, headers and body arrive; the answer may come in pieces', async () => {
  const made = new TestCluster();
  const seen: HttpRequest[] = [];
  const echo = async (request: HttpRequest, response: HttpResponse) => {
    seen.push(request);
    response.writeHead(201, ['x-a', 'b']);
    response.write('got ');
    const reader = request.body?.getReader();
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read())
      response.write(piece.value);
    response.end('!');
  };
  made.externalHosts.add('echo.example.com:8443', {
    certificate: '',
    http: (request, response) => void echo(request, response),
  });
  const result = fetch(made, 'https://echo.example.com:8443/p', {
    method: 'POST',
    headers: ['X-Own', '1'],
    body: 'gehäim',
  });
  await made.flush();
  expect(result).toEqual([{ status: 201, headers: ['x-a', 'b'], body: 'got gehäim!' }]);
  const headers = seen[0]?.headers ?? [];
  expect(seen[0]).toMatchObject({ method: 'POST', url: '/p', remoteAddress: from.ip });
  expect(headerValue(headers, 'host')).toBe('echo.example.com:8443');
  expect(headerValue(headers, 'x-own')).toBe('1');
  expect(headerValue(headers, 'content-length')).toBe('7');
});

test('https to what speaks plain HTTP comes to nothing', () => {
  const made = cluster();
  const ip = made.get('web').status?.podIP;
  const message = `${ip}:8080 speaks plain HTTP, not TLS`;
  expect(fetch(made, `https://${ip}:8080/`)).toEqual([{ failure: 'no tls', message }]);
});

test('external hosts: names share an address across ports; nonsense is refused', () => {
  const { externalHosts, network } = new TestCluster();
  const one = { http: () => {} };
  const two = { tcp: () => {} };
  externalHosts.add('a.example.com:80', one);
  externalHosts.add('A.example.com:81', two);
  const ip = externalHosts.resolve('a.example.com') ?? '';
  expect(network.dial(ip, 80, '')).toMatchObject({ workload: one });
  expect(network.dial(ip, 81, '')).toMatchObject({ workload: two });
  expect(network.dial(ip, 82, '')).toBe('refused');
  for (const bad of ['example.com', ':80', 'example.com:http', 'example.com:70000']) {
    expect(() => externalHosts.add(bad, one)).toThrow('is no host:port');
  }
});
