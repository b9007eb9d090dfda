import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from './testing/engine.ts';
import { run, runningEdge } from './testing/running-edge.ts';

async function session(port: number): Promise<ClientHttp2Session> {
  const made = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, servername: 'a.example' });
  onTestFinished(() => made.destroy());
  made.on('error', () => {});
  await once(made, 'remoteSettings');
  return made;
}

interface Answer {
  readonly headers: Record<string, string | string[] | number | undefined>;
  readonly body: string;
}

function send(to: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: string | Buffer): Promise<Answer> {
  return answerOf(to.request({ ':authority': 'a.example', ...headers }).end(body));
}

async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  const gone = once(stream, 'close').then(() => Promise.reject(new Error('the stream was closed')));
  const [headers] = await Promise.race([once(stream, 'response'), gone]);
  let body = '';
  for await (const chunk of stream) body += chunk;
  return { headers, body };
}

test('a request reaches the engine as HTTP/2.0, with the authority as its Host', async () => {
  const { edge, engine } = await runningEdge();
  const client = await session(edge.httpsPort);
  const { headers, body } = await send(client, {
    ':path': '/a%2Fb?c=d',
    ':authority': 'Shop.Example:8443',
    cookie: ['a=1', 'b=2'],
    'x-twice': ['1', '2'],
  });
  expect(headers).toMatchObject({ ':status': 200, 'content-type': 'text/plain', date: expect.stringMatching(/GMT$/) });
  expect(JSON.parse(body)).toEqual({
    method: 'GET',
    url: '/a%2Fb?c=d',
    httpVersion: '2.0',
    headers: ['host', 'Shop.Example:8443', 'x-twice', '1', 'x-twice', '2', 'cookie', 'a=1; b=2'],
    remoteAddress: '127.0.0.1',
    scheme: 'https',
    sni: 'a.example',
    target: { host: 'shop.example', servicePort: 443, tls: { sni: 'a.example' } },
  });
  await send(client, {});
  expect(engine.connections).toHaveLength(2);
});

test('streams are under way together and share the load balancer connection', async () => {
  const { edge, engine } = await runningEdge();
  const finish: (() => void)[] = [];
  engine.http = ({ url }, response) => finish.push(() => answer(response, 200, url));
  const client = await session(edge.httpsPort);
  const answers = Promise.all(Array.from({ length: 100 }, (_, i) => send(client, { ':path': `/${i}` })));
  await expect.poll(() => finish.length).toBe(100);
  for (const each of finish.reverse()) each();
  expect((await answers).map(({ body }) => body)).toEqual(Array.from({ length: 100 }, (_, i) => `/${i}`));
  expect(engine.connections).toHaveLength(1);
});

test('bodies stream both ways', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = async (request, response) => {
    response.writeHead(200, ['Content-Type', 'application/octet-stream']);
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      if (!response.write(chunk)) await response.drained();
    }
    response.end();
  };
  const client = await session(edge.httpsPort);
  const big = 'abcdefgh'.repeat(400_000);
  const answers = await Promise.all([1, 2, 3].map(() => send(client, { ':method': 'POST' }, big)));
  for (const { body } of answers) expect(body === big).toBe(true);
});

test('a body that nobody reads holds up neither its connection nor itself', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = ({ url, body }, response) => {
    if (url !== '/waits') answer(response, 413, url);
    else void body?.getReader().read();
  };
  const client = await session(edge.httpsPort);
  const waiting = client.request({ ':method': 'POST', ':path': '/waits', ':authority': 'a' });
  waiting.on('error', () => {}).end(Buffer.alloc(5_000_000));
  for (let i = 0; i < 5; i++) {
    const upload = client.request({ ':method': 'POST', ':path': `/${i}`, ':authority': 'a' });
    upload.write(Buffer.alloc(1_000_000));
    const [headers] = await once(upload, 'response');
    expect(headers[':status']).toBe(413);
    await once(upload.resume(), 'close');
    expect(upload.rstCode).toBe(constants.NGHTTP2_NO_ERROR);
  }
});

test('HEAD, 204 and 304 have no body; headers of connections and nonsense stay behind', async () => {
  const { edge, engine } = await runningEdge();
  const more = ['Connection', 'keep-alive', 'Keep-Alive', '5', 'Transfer-Encoding', 'chunked', 'bad name', 'x'];
  engine.http = ({ url }, response) =>
    answer(response, Number(url.slice(1)), 'hello', [...more, 'X-Name', 'Zoë €\r\nX-Evil: 1', 'X-A', '1', 'X-A', '2']);
  const client = await session(edge.httpsPort);
  for (const [method, status] of [
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ] as const) {
    const { headers, body } = await send(client, { ':method': method, ':path': `/${status}` });
    expect([headers[':status'], body]).toEqual([status, '']);
    const length = status === 204 ? [] : ['content-length'];
    expect(Object.keys(headers)).toEqual([':status', 'date', 'content-type', ...length, 'x-name', 'x-a']);
    expect(headers['x-a']).toBe('1, 2');
    expect(Buffer.from(String(headers['x-name']), 'latin1').toString()).toBe('Zoë €X-Evil: 1');
  }
});

test('cookies stay apart; a header that stands once stands once', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = (_request, response) =>
    answer(response, 200, '', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'ETag', '"1"', 'ETag', '"2"']);
  const { headers } = await send(await session(edge.httpsPort), {});
  expect([headers['set-cookie'], headers.etag]).toEqual([['a=1', 'b=2'], '"1"']);
});

test('an answer that HTTP/2 has no way to say ends its stream only', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = ({ url }, response) => answer(response, url === '/' ? 200 : 999, 'fine');
  const client = await session(edge.httpsPort);
  await expect(send(client, { ':path': '/999' })).rejects.toThrow('INTERNAL_ERROR');
  expect((await send(client, {})).body).toBe('fine');
});

test('the engine learns when a client gives up a request, or leaves', async () => {
  const { edge, engine } = await runningEdge();
  const left: string[] = [];
  engine.http = ({ url }, response) => response.onClose(() => left.push(`${url} ${response.closed}`));
  const client = await session(edge.httpsPort);
  const [one, two] = ['/one', '/two'].map((path) => client.request({ ':path': path, ':authority': 'a' }));
  for (const stream of [one, two]) stream?.on('error', () => {});
  await expect.poll(() => engine.connections.length).toBe(1);
  one?.close(constants.NGHTTP2_CANCEL);
  await expect.poll(() => left).toEqual(['/one true']);
  client.destroy();
  await expect.poll(() => left).toEqual(['/one true', '/two true']);
  await expect.poll(() => engine.open).toEqual([]);
});

test('the reader of a body learns when the client gives up', async () => {
  const { edge, engine } = await runningEdge();
  const failure = new Promise<unknown>((resolve) => {
    engine.http = ({ body }) => void new Response(body).text().catch(resolve);
  });
  const client = await session(edge.httpsPort);
  const upload = client.request({ ':method': 'POST', ':authority': 'a' });
  upload.on('error', () => {}).write('half');
  await expect.poll(() => engine.connections.length).toBe(1);
  client.destroy();
  expect(await failure).toEqual(new Error('the client closed the connection'));
});

test('an answer that breaks off resets its stream; the others go on', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = ({ url }, response) => {
    if (url === '/') return answer(response, 200, 'fine');
    response.writeHead(200, []);
    response.write('half');
    response.destroy();
  };
  const client = await session(edge.httpsPort);
  await expect(send(client, { ':path': '/breaks' })).rejects.toThrow('INTERNAL_ERROR');
  expect((await send(client, {})).body).toBe('fine');
});

test('an error of the engine ends that stream and is told', async () => {
  const { edge, engine, errors } = await runningEdge();
  engine.http = ({ url }, response) => {
    if (url === '/bug') throw new Error('bug');
    answer(response, 200, 'fine');
  };
  const client = await session(edge.httpsPort);
  await expect(send(client, { ':path': '/bug' })).rejects.toThrow('INTERNAL_ERROR');
  expect(errors).toEqual([new Error('bug')]);
  expect((await send(client, {})).body).toBe('fine');
});

test('what is no request for nginx is answered by the program behind', async () => {
  const { edge } = await runningEdge();
  const client = await session(edge.httpsPort);
  expect(await send(client, { ':method': 'get' })).toMatchObject({ headers: { ':status': 400 }, body: 'bad-request' });
  const tunnel = client.request({ ':method': 'CONNECT', ':authority': 'a:443' });
  expect((await answerOf(tunnel)).headers[':status']).toBe(400);
});

test('redirects to https keep our port', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = (_request, response) => answer(response, 308, '', ['Location', 'https://a.example/x']);
  const { headers } = await send(await session(edge.httpsPort), {});
  expect(headers.location).toBe('https://a.example/x');
});

test('without a load balancer the connection ends; idle ones end with their target', async () => {
  const { edge, engine } = await runningEdge();
  const client = await session(edge.httpsPort);
  await send(client, {});
  engine.connections[0]?.drop();
  await once(client, 'close');
  const other = await session(edge.httpsPort);
  engine.refusal = 'no-healthy-target';
  await expect(send(other, {})).rejects.toThrow();
});

test('closing says goodbye and lets answers under way finish', async () => {
  const { edge, engine } = await runningEdge();
  let finish = () => {};
  engine.http = (_request, response) => {
    finish = () => answer(response, 200, 'the end');
  };
  const client = await session(edge.httpsPort);
  const owed = send(client, {});
  await expect.poll(() => engine.connections.length).toBe(1);
  const goodbye = once(client, 'goaway');
  const closed = edge.close();
  expect((await goodbye)[0]).toBe(constants.NGHTTP2_NO_ERROR);
  finish();
  expect((await owed).body).toBe('the end');
  await closed;
});

test('an answer may be the last one; an error ends its stream only', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = ({ url }, response) => answer(response, Number(url.slice(1)), 'ok', ['Connection', 'close']);
  const client = await session(edge.httpsPort);
  expect((await send(client, { ':path': '/400' })).headers).not.toHaveProperty('connection');
  const goodbye = once(client, 'goaway');
  expect((await send(client, { ':path': '/200' })).body).toBe('ok');
  expect((await goodbye)[0]).toBe(constants.NGHTTP2_NO_ERROR);
  await expect.poll(() => engine.open).toEqual([]);
});

test('curl speaks HTTP/2 when it may', async () => {
  const { edge, engine } = await runningEdge();
  const url = `https://a.localhost:${edge.httpsPort}/x`;
  const http2 = await run('curl', ['-sk', '--http2', '-w', ' %{http_version}', url]);
  expect(http2.stdout).toMatch(/"httpVersion":"2.0".* 2$/);
  const http1 = await run('curl', ['-sk', '--http1.1', '-w', ' %{http_version}', url]);
  expect(http1.stdout).toMatch(/"httpVersion":"1.1".* 1.1$/);
  engine.http2 = false;
  expect((await run('curl', ['-sk', '--http2', '-w', ' %{http_version}', url])).stdout).toMatch(/ 1.1$/);
});
