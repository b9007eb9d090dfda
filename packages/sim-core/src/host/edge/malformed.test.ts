import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer } from './testing/engine.ts';
import { runningEdge } from './testing/running-edge.ts';

const UPGRADE = 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n';
const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

test.each([
  ['nonsense\r\n\r\n', 'bad-request'],
  ['GET / HTTP/9.9\r\n\r\n', 'version-not-supported'],
  ['GET / HTTP/2.0\r\n', 'version-not-supported'],
  ['get / HTTP/1.1\r\nHost: a\r\n\r\n', 'bad-request'],
  ['GET /a b HTTP/1.1\r\nHost: a\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\nHost: a\n\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nHost : a\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 'not-implemented'],
  ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 'bad-request'],
  ['GET / HTTP/1.1\r\nno colon\r\n\r\n', 'bad-request'],
  ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'bad-request'],
  [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(140_000)}\r\n\r\n`, 'headers-too-large'],
  [`GET /${'x'.repeat(140_000)} HTTP/1.1\r\n\r\n`, 'uri-too-long'],
  ['CONNECT nowhere HTTP/1.1\r\n\r\n', 'bad-request'],
  ['CONNECT host:99999 HTTP/1.1\r\n\r\n', 'bad-request'],
])('what is no request is answered by the program behind: %j', async (bytes, kind) => {
  const { client, engine } = await runningEdge();
  const { received } = await client().send(bytes).end();
  expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*Connection: close/s);
  expect(received.endsWith(kind)).toBe(true);
  await client()
    .send(GET)
    .matches(/200 OK/);
  expect(engine.targets[0]).toEqual({ host: '', servicePort: 80 });
});

test('nonsense after a request is answered after that request', async () => {
  const { client, engine } = await runningEdge();
  let finish = () => {};
  engine.http = (_request, response) => {
    finish = () => answer(response, 200, 'the answer');
  };
  const raw = client().send(`${GET}nonsense\r\n\r\n`);
  await expect.poll(() => engine.connections.length).toBe(1);
  finish();
  expect((await raw.end()).received).toMatch(/the answerHTTP\/1\.1 400 .*bad-request$/s);
});

test('nonsense in the middle of a body ends the reading; the answer of that request is the last one', async () => {
  const { client, engine } = await runningEdge();
  engine.http = async ({ body }, response) => {
    const failure = await new Response(body).text().catch((error: Error) => error.message);
    answer(response, 400, failure);
  };
  const post = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
  for (const chunk of ['zz\r\n', '5\r\nhelloXX\r\n'])
    expect((await client().send(`${post}${chunk}`).end()).received).toMatch(
      /^HTTP\/1\.1 400 .*the body is malformed$/s,
    );
  engine.http = (_request, response) => answer(response, 200, 'unread');
  expect((await client().send(`${post}zz\r\n`).end()).received).toMatch(/^HTTP\/1\.1 200 .*unread$/s);
});

test('a request without Host goes to the ingress load balancer; what it answers is its business', async () => {
  const { client, engine } = await runningEdge();
  await client()
    .send('GET / HTTP/1.1\r\n\r\n')
    .matches(/200 OK/);
  await client()
    .send('GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n')
    .matches(/200 OK/);
  await client()
    .send('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n')
    .matches(/200 OK/);
  await client()
    .send('GET / HTTP/1.1\r\nHost: a\r\nExpect: the-unexpected\r\n\r\n')
    .matches(/200 OK/);
  expect(engine.targets.map(({ host }) => host)).toEqual(['', '', 'a', 'a']);
});

test('whatever bytes come, on either port, the edge goes on', { timeout: 60_000 }, async () => {
  const { client, edge, errors } = await runningEdge();
  const piece = fc.oneof(
    fc.constantFrom(
      'GET ',
      'CONNECT a:443 ',
      '/',
      'http://a/',
      ' HTTP/1.1',
      '\r\n',
      'Host: a',
      'Upgrade: x\r\nConnection: upgrade',
      '\x16\x03\x01',
    ),
    fc.constantFrom(
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Expect: 100-continue\r\n',
      '5\r\nhello\r\n',
      '0\r\n\r\n',
    ),
    fc.constantFrom(
      GET,
      'POST / HTTP/1.1\r\nHost: a\r\n',
      'GET http://a:81/ HTTP/1.1\r\n',
      'CONNECT a:80 HTTP/1.1\r\n\r\n',
      UPGRADE,
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.boolean(), async (pieces, secure) => {
      const raw = client(secure ? edge.httpsPort : edge.httpPort).send(pieces.join(''));
      raw.socket.end();
      await raw.end();
      await client()
        .send(GET)
        .matches(/200 OK/);
    }),
    { numRuns: 200 },
  );
  expect(errors).toEqual([]);
});
