import { once } from 'node:events';
import { connect, constants } from 'node:http2';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../workloads/workload.ts';
import { Deadlines } from './http1/deadlines.ts';
import { HttpDate } from './http1/http-date.ts';
import { HeaderLines } from './http1/response-head.ts';
import { Http2Connection } from './http2/connection.ts';
import { answer, TestEngine } from './testing/engine.ts';
import { PlainWayIn } from './testing/fuzz/plain-way-in.ts';
import { MemoryClient, memorySockets } from './testing/memory-socket.ts';

/* Clients that let others wait. Time is virtual: the limits are asked what they would do later. */

const SECOND = 1000;
const HEAD = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n';

/** Ends what would be late so many seconds from now. */
function after(deadlines: Deadlines, seconds: number): void {
  deadlines.check(Date.now() + seconds * SECOND);
}

async function http1(bytes: string, http?: TestEngine['http']) {
  const engine = new TestEngine();
  if (http !== undefined) engine.http = http;
  const wayIn = new PlainWayIn(engine);
  const client = new MemoryClient();
  wayIn.entrance.acceptPlain(client.server);
  await client.send([Buffer.from(bytes)]);
  return { client, deadlines: wayIn.deadlines };
}

const readsAll = async ({ body }: HttpRequest, response: HttpResponse) => {
  await new Response(body).text().catch(() => '');
  answer(response, 200, 'ok');
};

test.each([
  ['says nothing', '', 60],
  ['sends half a head', 'GET / HTTP/1.1\r\nHost: a\r\n', 60],
  ['sends half a body', `${HEAD}half`, 60],
  ['asks nothing more', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 75],
])('a client that %s has its time, and no more', async (_what, bytes, seconds) => {
  const { client, deadlines } = await http1(bytes, (request, response) => void readsAll(request, response));
  after(deadlines, seconds - 5);
  await client.settled();
  expect(client.closed).toBe(false);
  after(deadlines, seconds + 1);
  await client.settled();
  expect(client.closed).toBe(true);
});

test('a client that waits for a slow pod has no limit here', async () => {
  const { client, deadlines } = await http1('GET / HTTP/1.1\r\nHost: a\r\n\r\n', () => {});
  after(deadlines, 100_000);
  await client.settled();
  expect(client.closed).toBe(false);
});

test('a client that does not read is let go, and the program learns of it', async () => {
  const [client, server] = memorySockets();
  onTestFinished(() => void client.destroy());
  client.on('error', () => {});
  const engine = new TestEngine();
  const gone = new Promise<void>((resolve) => {
    engine.http = (_request, response) => {
      response.onClose(resolve);
      response.writeHead(200, []);
      while (response.write(Buffer.alloc(65_536)));
    };
  });
  const wayIn = new PlainWayIn(engine);
  wayIn.entrance.acceptPlain(server);
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => server.writableNeedDrain).toBe(true);
  after(wayIn.deadlines, 61);
  await gone;
  expect(server.destroyed).toBe(true);
});

function http2(http: (response: HttpResponse, body: ReadableStream<Uint8Array> | undefined) => void) {
  const [client, server] = memorySockets();
  const deadlines = new Deadlines();
  const handler = {
    serve: (_head: unknown, body: ReadableStream<Uint8Array> | undefined, response: HttpResponse) =>
      http(response, body),
    malformed: () => {},
    located: (_head: unknown, _status: number, headers: readonly string[]) => headers,
    closed: () => {},
  };
  const connection = new Http2Connection(server, handler, {
    deadlines,
    date: new HttpDate(),
    headerLines: new HeaderLines(),
  });
  const session = connect('http://a', { createConnection: () => client as Duplex });
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  return { connection, deadlines, server, session };
}

test('an idle HTTP/2 connection is told goodbye; one that stays anyway is cut', async () => {
  const { deadlines, server, session } = http2((response) => answer(response, 200, 'ok'));
  await once(session, 'remoteSettings');
  const goodbye = once(session, 'goaway');
  after(deadlines, 55);
  expect(session.closed).toBe(false);
  after(deadlines, 61);
  expect((await goodbye)[0]).toBe(constants.NGHTTP2_NO_ERROR);
  after(deadlines, 70);
  expect(server.destroyed).toBe(true);
});

test('half a body over HTTP/2 ends its stream; a stream that waits for its pod stays', async () => {
  let served = 0;
  const { deadlines, session } = http2((_response, body) => {
    served++;
    body
      ?.getReader()
      .read()
      .catch(() => {});
  });
  const upload = session.request({ ':method': 'POST' }).on('error', () => {});
  const waiting = session.request({}).on('error', () => {});
  await expect.poll(() => served).toBe(2);
  after(deadlines, 61);
  await expect(once(upload, 'close')).rejects.toThrow('INTERNAL_ERROR');
  expect(waiting.destroyed).toBe(false);
});

test('a stream whose client does not read ends, and the program learns of it', async () => {
  let left = false;
  const { deadlines, session } = http2((response) => {
    response.onClose(() => {
      left = true;
    });
    while (response.write(Buffer.alloc(65_536)));
  });
  const stream = session.request({}).on('error', () => {});
  await once(stream, 'response');
  after(deadlines, 61);
  await expect.poll(() => left).toBe(true);
});
