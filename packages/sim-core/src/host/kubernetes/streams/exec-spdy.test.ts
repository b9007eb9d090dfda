import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { RemoteCommand } from './remote-command.ts';
import { FRAME } from './spdy/frames.ts';
import { connectSpdy } from './spdy-command.ts';
import { runningServer } from './testing/running-server.ts';
import type { SpdyClient } from './testing/spdy-client.ts';

const LS = '/exec?stdout=true&stderr=true&command=ls';
const EXIT = '/exec?stdout=true&stderr=true&command=exit&command=3';
const CAT = '/exec?stdin=true&stdout=true&command=cat';
const V4 = 'X-Stream-Protocol-Version: v4.channel.k8s.io';

function openAll(client: SpdyClient, ...types: readonly string[]): number[] {
  return types.map((streamtype) => client.open({ streamtype }));
}

test('v4: output, then a Status; every stream is ended', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy(EXIT, 'X-Stream-Protocol-Version: v5.channel.k8s.io', V4);
  const [error = 0, stdout = 0, stderr = 0] = openAll(client, 'error', 'stdout', 'stderr');
  await client.until(() => client.events.includes(`fin ${error}`));
  expect(client.head).toMatch(/^HTTP\/1.1 101 .*\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n/s);
  expect(client.data.get(stdout)).toBe('exit 3\n');
  expect(client.data.get(stderr)).toBe('about to fail\n');
  expect(JSON.parse(client.data.get(error) ?? '')).toMatchObject({ status: 'Failure', reason: 'NonZeroExitCode' });
  expect(client.events.at(-1)).toBe(`fin ${error}`);
  expect(server.protocols).toEqual(['SPDY/3.1 v4.channel.k8s.io']);
});

test.each(['v3.channel.k8s.io', 'v2.channel.k8s.io', 'channel.k8s.io'])('%s: a failure is text', async (protocol) => {
  const { spdy } = await runningServer();
  const client = spdy(EXIT, `X-Stream-Protocol-Version: ${protocol}`);
  const [error = 0] = openAll(client, 'error', 'stdout', 'stderr');
  await client.until(() => client.events.includes(`fin ${error}`));
  expect(client.data.get(error)).toBe('command terminated with non-zero exit code: exit status 3');
});

test('stdin comes and ends', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy(CAT, V4);
  const [error = 0, stdin = 0, stdout = 0] = openAll(client, 'error', 'stdin', 'stdout');
  client.send(stdin, 'hello');
  client.send(stdin, '', true);
  client.send(stdin, 'after the end');
  await client.until(() => client.events.includes(`fin ${error}`));
  expect(client.data.get(stdout)).toBe('cat\nhello');
  expect(server.processes[0]?.told).toEqual(['stdin hello', 'end']);
});

test('a terminal waits for its stream of sizes', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy('/exec?stdout=true&stderr=true&tty=true&command=sh', V4);
  const [, stdout = 0] = openAll(client, 'error', 'stdout');
  client.sendNumbers(FRAME.ping, 1);
  await client.until(() => client.events.includes('ping 1'));
  expect(client.data.get(stdout)).toBeUndefined();
  const [resize = 0] = openAll(client, 'resize');
  client.send(resize, '{"Width":80,"Height":24}');
  await client.until(() => client.data.get(stdout) === 'sh\n');
  expect(server.processes[0]?.exec.tty).toBe(true);
});

test.each([
  [
    'X-Stream-Protocol-Version: v9.channel.k8s.io',
    /^HTTP\/1.1 403 .*X-Accepted-Stream-Protocol-Versions: v4.channel.k8s.io/s,
  ],
  ['X-Other: 1', /^HTTP\/1.1 400 .*unable to upgrade: X-Stream-Protocol-Version is required\n$/s],
])('refused: %s', async (header, answer) => {
  const { spdy, server } = await runningServer();
  const client = spdy(LS, header);
  await client.closed();
  expect(client.head).toMatch(answer);
  expect(server.processes).toEqual([]);
});

test('streams have odd numbers that grow, and there are not too many', async () => {
  const { spdy } = await runningServer();
  const client = spdy(CAT, V4);
  client.open({ streamtype: 'error' }, 5);
  client.open({ streamtype: 'stdin' }, 3);
  client.open({ streamtype: 'stdin' }, 8);
  for (let id = 7; id < 7 + 2 * 1024; id += 2) client.open({ streamtype: 'unknown' }, id);
  await client.until(() => client.events.includes(`rstStream ${5 + 2 * 1024} 3`));
  expect(client.events.slice(0, 4)).toEqual(['synReply 5', 'rstStream 3 1', 'rstStream 8 1', 'synReply 7']);
});

test('settings, window updates and headers are read and left', async () => {
  const { spdy } = await runningServer();
  const client = spdy(CAT, V4);
  client.sendNumbers(FRAME.settings, 0);
  client.sendNumbers(FRAME.windowUpdate, 0, 65_536);
  client.sendNumbers(FRAME.ping, 2);
  client.sendNumbers(FRAME.ping, 3);
  await client.until(() => client.events.length > 0);
  expect(client.events).toEqual(['ping 3']);
});

test.each([
  ['a frame of no version', [0x80, 9, 0, 1, 0, 0, 0, 0]],
  ['a control frame that is too long', [0x80, 3, 0, 1, 0, 255, 255, 255]],
  ['a ping without number', [0x80, 3, 0, 6, 0, 0, 0, 0]],
  ['a stream without headers', [0x80, 3, 0, 1, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]],
])('the connection ends after %s, and its process is killed', async (_what, bytes) => {
  const { spdy, server } = await runningServer();
  const client = spdy(CAT, V4);
  client.socket.write(Buffer.from(bytes));
  await client.closed();
  expect(client.events).toEqual(['goAway 0 1']);
  await server.processes[0]?.isTold('kill');
});

test.each([
  ['no stream', []],
  ['some streams', ['error', 'stdin']],
  ['all streams', ['error', 'stdin', 'stdout']],
])('the process is killed when the client leaves with %s open', async (_what, types) => {
  const { spdy, server } = await runningServer();
  const client = spdy(CAT, V4);
  const ids = openAll(client, ...types);
  await client.until(() => client.head !== '' && client.events.length === ids.length);
  client.socket.destroy();
  await server.processes[0]?.isTold('kill');
});

test('after going away the connection ends with its last stream', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy(CAT, V4);
  const ids = openAll(client, 'error', 'stdin', 'stdout');
  await client.until(() => client.data.size > 0);
  client.sendNumbers(FRAME.goAway, 0, 0);
  for (const id of ids) client.sendNumbers(FRAME.rstStream, id, 5);
  await client.closed();
  await server.processes[0]?.isTold('kill');
});

test('a client that does not read is cut off', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy(CAT, V4);
  openAll(client, 'error', 'stdin', 'stdout');
  await client.until(() => client.data.size > 0);
  client.socket.pause();
  for (let i = 0; i < 64; i++) server.processes[0]?.output.stdout(Buffer.alloc(1024 * 1024));
  expect(server.processes[0]?.told).toEqual(['kill']);
});

test('a client that opens no streams is left after 30 seconds', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const told: string[] = [];
  const streams = { stdin: true, stdout: true, stderr: false, tty: false };
  const command = new RemoteCommand('exec', streams, () => {});
  command.start(() => ({ stdin() {}, endStdin() {}, resize() {}, kill: () => told.push('kill') }));
  const socket = new PassThrough();
  connectSpdy(socket, Buffer.alloc(0), 'v4.channel.k8s.io', streams, command);
  vi.advanceTimersByTime(29_999);
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(socket.destroyed).toBe(true);
  vi.useRealTimers();
});

test('no bytes at all break the server', async () => {
  const { spdy, server } = await runningServer();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, hasStreams) => {
      const client = spdy(CAT, V4);
      if (hasStreams) openAll(client, 'error', 'stdin', 'stdout');
      client.socket.end(Buffer.from(bytes));
      await client.closed();
    }),
    { numRuns: 60 },
  );
  expect(server.errors).toEqual([]);
  const client = spdy(LS, V4);
  const [error = 0] = openAll(client, 'error', 'stdout', 'stderr');
  await client.until(() => client.events.includes(`fin ${error}`));
});
