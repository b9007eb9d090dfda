import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { answer } from './testing/engine.ts';
import { runningEdge } from './testing/running-edge.ts';

const HEAD = /HTTP\/1\.1 \d{3}/;

test('a request reaches the engine as it was sent', async () => {
  const { client } = await runningEdge();
  const text = await client()
    .send('GET /a%2Fb?c=d HTTP/1.1\r\nHOST: Shop.Example:8080\r\nX-Twice: 1\r\nx-twice: 2\r\n\r\n')
    .matches(/}$/);
  expect(text).toMatch(
    /^HTTP\/1\.1 200 OK\r\nDate: [^\r]+ GMT\r\nContent-Type: text\/plain\r\nContent-Length: \d+\r\nConnection: keep-alive\r\n\r\n/,
  );
  expect(JSON.parse(text.slice(text.indexOf('{')))).toEqual({
    method: 'GET',
    url: '/a%2Fb?c=d',
    httpVersion: '1.1',
    headers: ['HOST', 'Shop.Example:8080', 'X-Twice', '1', 'x-twice', '2'],
    remoteAddress: '127.0.0.1',
    scheme: 'http',
    target: { host: 'shop.example', servicePort: 80 },
  });
});

test('keep-alive requests stay on one load balancer connection; another host gets its own', async () => {
  const { client, engine } = await runningEdge();
  const raw = client();
  for (const [i, host] of ['a', 'a', 'b', 'a', 'A.:80'].entries()) {
    await raw.send(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).matches(HEAD, i + 1);
  }
  expect(engine.connections.map(({ target }) => target.host)).toEqual(['a', 'b']);
});

test('ten thousand keep-alive requests leave no connection behind', { timeout: 60_000 }, async () => {
  const { edge, engine } = await runningEdge();
  engine.http = (_request, response) => answer(response, 200, 'ok');
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const get = () =>
    new Promise<void>((resolve, reject) => {
      const request = httpRequest({ agent, port: edge.httpPort, host: '127.0.0.1' }, (response) => {
        response.resume().once('end', resolve);
      });
      request.once('error', reject).end();
    });
  let left = 10_000;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (left-- > 0) await get();
    }),
  );
  expect(engine.connections.length).toBe(20);
  agent.destroy();
  await edge.close();
  expect(engine.open).toEqual([]);
});

test('pipelined requests are served one after the other', async () => {
  const { client, engine } = await runningEdge();
  const asked: string[] = [];
  let finish = () => {};
  engine.http = ({ url }, response) => {
    asked.push(url);
    finish = () => answer(response, 200, url);
    if (url !== '/slow') finish();
  };
  const text = ['/slow', '/2', '/3'].map((url) => `GET ${url} HTTP/1.1\r\nHost: a\r\n\r\n`).join('');
  const raw = client().send(text);
  await expect.poll(() => asked).toEqual(['/slow']);
  finish();
  const received = await raw.matches(/\/3$/);
  expect(received.match(/(?<=\r\n\r\n)\/[a-z0-9]+/g)).toEqual(['/slow', '/2', '/3']);
});

test('HTTP/1.0 without keep-alive ends; HEAD has no body', async () => {
  const { client, engine } = await runningEdge();
  engine.http = (_request, response) => answer(response, 200, 'hello');
  const old = await client().send('GET / HTTP/1.0\r\n\r\n').end();
  expect(old.received).toMatch(/Connection: close\r\n\r\nhello$/);
  const head = client();
  head.send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n').send('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect((await head.end()).received.match(/hello/g)).toHaveLength(1);
});

test('bodies stream both ways, with a length or in chunks', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = async (request, response) => {
    response.writeHead(200, ['Content-Type', 'application/octet-stream']);
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      if (!response.write(chunk)) await response.drained();
    }
    response.end();
  };
  const big = Buffer.alloc(3_000_000, 'abcdefgh');
  for (const headers of [{ 'content-length': String(big.length) }, { 'transfer-encoding': 'chunked' }]) {
    const sent = httpRequest({ port: edge.httpPort, host: '127.0.0.1', method: 'POST', headers });
    sent.end(big);
    const [response] = await once(sent, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(big)).toBe(true);
  }
});

test('a body that nobody reads does not stand in the way of the next request', async () => {
  const { client, engine } = await runningEdge();
  engine.http = ({ url }, response) => answer(response, url === '/upload' ? 413 : 200, url);
  const body = 'x'.repeat(100_000);
  const raw = client().send(`POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  raw.send('GET /next HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(await raw.matches(HEAD, 2)).toContain('/next');
});

test('a body that is read in part does not either, and its reader is told', async () => {
  const { client, engine } = await runningEdge();
  let failure: unknown;
  engine.http = async ({ url, body }, response) => {
    const reader = body?.getReader();
    await reader?.read();
    answer(response, 200, url);
    if (reader === undefined) return;
    failure = await readOn(reader);
  };
  const body = 'x'.repeat(1_000_000);
  const raw = client().send(`POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`);
  raw.send(body.slice(0, 1000));
  await raw.matches(/\/upload/);
  await expect.poll(() => failure).toEqual(new Error('the request was answered before its body was read'));
  raw.send(body.slice(1000)).send('GET /next HTTP/1.1\r\nHost: a\r\n\r\n');
  await raw.matches(/\/next/);
});

async function readOn(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<unknown> {
  try {
    while (!(await reader.read()).done);
  } catch (error) {
    return error;
  }
}

test('100 Continue is sent when the body is read, and not when it is not', async () => {
  const { client, engine } = await runningEdge();
  const head = (url: string) => `PUT ${url} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`;
  engine.http = async ({ url, body }, response) => {
    if (url === '/refuse') return answer(response, 413, 'no');
    const { value } = (await body?.getReader().read()) ?? {};
    answer(response, 200, `got ${Buffer.from(value ?? []).toString()}`);
  };
  const raw = client().send(head('/accept'));
  expect(await raw.matches(/100 Continue\r\n\r\n/)).not.toContain('200');
  expect(await raw.send('hi').matches(/got hi/)).toContain('200 OK');
  const refused = client().send(head('/refuse'));
  expect(await refused.matches(/413/)).not.toContain('100 Continue');
});

test('the engine learns when a client leaves before its answer', async () => {
  const { client, engine } = await runningEdge();
  const left = new Promise<boolean>((resolve) => {
    engine.http = (_request, response) => response.onClose(() => resolve(response.closed));
  });
  const raw = client().send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => engine.connections.length).toBe(1);
  raw.socket.destroy();
  expect(await left).toBe(true);
  await expect.poll(() => engine.open).toEqual([]);
});

test('an answer that breaks off resets the connection', async () => {
  const { client, engine } = await runningEdge();
  engine.http = (_request, response) => response.destroy();
  expect(await client().send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').end()).toEqual({ received: '', reset: true });
});

test('an error of the engine ends that connection and is told; the edge goes on', async () => {
  const { client, engine, errors } = await runningEdge();
  engine.http = ({ url }, response) => {
    if (url === '/bug') throw new Error('bug');
    answer(response, 200, 'fine');
  };
  await client().send('GET /bug HTTP/1.1\r\nHost: a\r\n\r\n').end();
  expect(errors).toEqual([new Error('bug')]);
  expect(await client().send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').matches(HEAD)).toContain('200');
});

test('headers that node refuses go out as nginx would send them', async () => {
  const { client, engine } = await runningEdge();
  engine.http = (_request, response) =>
    answer(response, 200, '', ['X-Name', 'Zoë €\r\nX-Evil: 1', 'bad name', 'x', 'X-Last', '1']);
  const text = await client()
    .send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    .matches(/X-Last/);
  expect(Buffer.from(text, 'latin1').toString('utf8')).toContain('X-Name: Zoë €X-Evil: 1\r\nX-Last: 1\r\n');
});

test('cookies and other repeated headers stay apart and in order', async () => {
  const { client, engine } = await runningEdge();
  engine.http = (_request, response) =>
    answer(response, 200, '', ['Set-Cookie', 'a=1', 'X-A', '1', 'Set-Cookie', 'b=2', 'Connection', 'close']);
  const { received } = await client().send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').end();
  expect(received).toContain('Set-Cookie: a=1\r\nX-A: 1\r\nSet-Cookie: b=2\r\nConnection: close\r\n');
});

test('IPv6 loopback has the same port and counts as 127.0.0.1', async () => {
  const { client, edge, engine } = await runningEdge();
  await client(edge.httpPort, '::1').send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').matches(HEAD);
  expect(engine.clients[0]?.address).toBe('127.0.0.1');
});

test('kubectl at the edge is told once where it belongs', async () => {
  const { client, problems } = await runningEdge();
  for (let i = 0; i < 3; i++)
    await client().send('GET /api HTTP/1.1\r\nHost: a\r\nUser-Agent: kubectl/v1.33.1\r\n\r\n').matches(HEAD);
  expect(problems.map(({ reason }) => reason)).toEqual(['kubectl-at-load-balancer']);
  expect(problems[0]?.message).toContain('KUBECONFIG');
});
