import { constants } from 'node:http2';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from './testing/engine.ts';
import { END_HEADERS, END_STREAM, FRAME, frame, getRequest, headerBlock, RawHttp2Client } from './testing/raw-http2.ts';
import { runningEdge } from './testing/running-edge.ts';

async function hostileClient(options: { answers: boolean } = { answers: true }) {
  const { edge, engine, errors } = await runningEdge();
  let requests = 0;
  engine.http = (_request, response) => {
    requests++;
    if (options.answers) answer(response, 200, 'ok');
  };
  const client = await new RawHttp2Client(edge.httpsPort).greet();
  onTestFinished(() => void client.socket.destroy());
  return {
    client,
    errors,
    engine,
    requests: () => requests,
    connect: () => new RawHttp2Client(edge.httpsPort).greet(),
  };
}

/** Sends pieces until the connection ends. @returns how many */
async function flood(client: RawHttp2Client, most: number, piece: (i: number) => Uint8Array): Promise<number> {
  for (let i = 0; i < most; i++) {
    if (client.socket.destroyed) return i;
    client.send(piece(i));
    if (i % 20 === 19) await client.flushed();
  }
  return most;
}

const cancel = Buffer.from([0, 0, 0, constants.NGHTTP2_CANCEL]);

test.each([true, false])(
  'streams that are begun and reset at once end the connection (answers: %s)',
  async (answers) => {
    const { client, errors, requests } = await hostileClient({ answers });
    await flood(client, 50_000, (i) =>
      Buffer.concat([getRequest(2 * i + 1), frame(FRAME.reset, 0, 2 * i + 1, cancel)]),
    );
    await client.end();
    expect(requests()).toBeLessThanOrEqual(1200);
    expect(errors).toEqual([]);
  },
);

test('more streams than are allowed at once are refused, and a client that insists is let go', async () => {
  const { client, requests } = await hostileClient({ answers: false });
  await flood(client, 5000, (i) => getRequest(2 * i + 1));
  await client.end();
  expect(requests()).toBe(128);
});

test.each([
  ['ping', () => frame(FRAME.ping, 0, 0, Buffer.alloc(8))],
  ['settings', () => frame(FRAME.settings, 0, 0)],
  ['settings that change', () => frame(FRAME.settings, 0, 0, Buffer.from([0, 4, 0, 1, 0, 0]))],
] as const)('a flood of %s ends the connection', { timeout: 60_000 }, async (_name, piece) => {
  const { client, errors } = await hostileClient();
  const many = Buffer.concat(Array.from({ length: 100 }, piece));
  expect(await flood(client, 5000, () => many)).toBeLessThan(5000);
  await client.end();
  expect(client.frames().at(-1)).toMatchObject({ type: FRAME.goaway });
  expect(errors).toEqual([]);
});

test('a head without end ends the connection', async () => {
  const { client, requests } = await hostileClient();
  client.send(frame(FRAME.headers, 0, 1, headerBlock([[':method', 'GET']])));
  const more = headerBlock(Array.from({ length: 50 }, (_, i) => [`x-${i}`, 'y'.repeat(100)] as const));
  expect(await flood(client, 10_000, () => frame(FRAME.continuation, 0, 1, more))).toBeLessThan(10_000);
  await client.end();
  expect(requests()).toBe(0);
});

const HEAD: readonly (readonly [string, string])[] = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'a'],
  [':path', '/'],
];
const without = (name: string) => HEAD.filter(([each]) => each !== name);

test.each([
  ['no authority', without(':authority')],
  ['no path', without(':path')],
  ['a path that is none', [...without(':path'), [':path', 'x']]],
  ['a name in upper case', [...HEAD, ['X', '1']]],
  ['a header of connections', [...HEAD, ['connection', 'close']]],
  ['a transfer-encoding', [...HEAD, ['transfer-encoding', 'chunked']]],
  ['a length without body', [...HEAD, ['content-length', '5']]],
  ['two paths', [...HEAD, [':path', '/x']]],
] as [string, [string, string][]][])(
  'a request with %s resets its stream; the next one is served',
  async (_name, headers) => {
    const { client, requests } = await hostileClient();
    client.send(frame(FRAME.headers, END_STREAM | END_HEADERS, 1, headerBlock(headers)), getRequest(3));
    await expect
      .poll(() => client.frames().some(({ type, stream }) => type === FRAME.headers && stream === 3))
      .toBe(true);
    expect(client.frames()).toContainEqual({ type: FRAME.reset, stream: 1, code: constants.NGHTTP2_PROTOCOL_ERROR });
    expect(requests()).toBe(1);
  },
);

test('a value with a line feed is no header', async () => {
  const { client, engine } = await hostileClient();
  const seen = new Promise<readonly string[]>((resolve) => {
    engine.http = ({ headers }) => resolve(headers);
  });
  client.send(
    frame(FRAME.headers, END_STREAM | END_HEADERS, 1, headerBlock([...HEAD, ['x', 'a\r\nb: c'], ['y', '1']])),
  );
  expect(await seen).toEqual(['host', 'a', 'y', '1']);
});
