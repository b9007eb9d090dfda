import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { runningEdge } from './testing/running-edge.ts';

/* Whatever streams do at once on one connection: each request reaches the engine as it was sent, and gets its own answer. */

const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~'), minLength: 1, maxLength: 12 });
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc.array(text, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`),
  query: fc.option(text, { nil: undefined }),
  headers: fc.dictionary(
    text.map((name) => `x-${name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '0')}`),
    fc.string({ unit: fc.constantFrom(...'abc XYZ09;,="\'()'), maxLength: 20 }).map((value) => value.trim()),
    { maxKeys: 5 },
  ),
  pieces: fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 4 }),
});
type Sent = typeof request extends fc.Arbitrary<infer T> ? T : never;

async function ask(session: ClientHttp2Session, { method, path, query, headers, pieces }: Sent, id: number) {
  const url = query === undefined ? path : `${path}?${query}`;
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const stream = session.request(
    { ':method': method, ':path': url, ':authority': 'a.example', 'x-id': String(id), ...headers },
    { endStream: !hasBody },
  );
  const answered = once(stream, 'response');
  if (hasBody) {
    for (const size of pieces) stream.write(Buffer.alloc(size, id));
    stream.end();
  }
  const [{ ':status': status }] = await answered;
  let body = '';
  for await (const chunk of stream) body += chunk;
  const bytes = hasBody ? pieces.reduce((sum, size) => sum + size, 0) : 0;
  const flat = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    said: { status, ...JSON.parse(body) },
    wanted: { status: 200, id: String(id), method, url, bytes, headers: flat },
  };
}

test('streams of one connection do not mix', { timeout: 120_000 }, async () => {
  const { edge, engine, errors } = await runningEdge();
  engine.http = async (asked, response) => {
    let bytes = 0;
    const reader = asked.body?.getReader();
    for (let piece = await reader?.read(); piece !== undefined && !piece.done; piece = await reader?.read())
      bytes += piece.value.byteLength;
    const pairs = asked.headers.flatMap((name, i) => (i % 2 === 0 ? [[name, asked.headers[i + 1] ?? '']] : []));
    const own = pairs
      .filter(([name]) => name?.startsWith('x-') && name !== 'x-id')
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    const id = pairs.find(([name]) => name === 'x-id')?.[1];
    const said = JSON.stringify({ id, method: asked.method, url: asked.url, bytes, headers: own });
    response.writeHead(200, ['Content-Type', 'application/json']);
    const middle = Math.floor(said.length / 2);
    response.write(said.slice(0, middle));
    response.end(said.slice(middle));
  };
  const session = connect(`https://127.0.0.1:${edge.httpsPort}`, {
    rejectUnauthorized: false,
    servername: 'a.example',
  });
  onTestFinished(() => session.destroy());
  await once(session, 'remoteSettings');
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
      const answers = await Promise.all(requests.map((each, id) => ask(session, each, id)));
      for (const { said, wanted } of answers) expect(said).toEqual(wanted);
    }),
    { numRuns: 40, seed: 2 },
  );
  expect(errors).toEqual([]);
});
