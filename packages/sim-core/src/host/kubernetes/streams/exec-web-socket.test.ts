import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { StatusError } from '../../../apimachinery/status-error.ts';
import { nodeCertificates } from '../../certificates.ts';
import { runningServer } from './testing/running-server.ts';

const LS = '/exec?stdout=true&stderr=true&command=ls';
const EXIT = '/exec?stdout=true&stderr=true&command=exit&command=3';
const CAT = '/exec?stdin=true&stdout=true&stderr=true&command=cat';
const SUCCESS = '{"metadata":{},"status":"Success"}';
const FAILED =
  '{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}';

test.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])('%s: output, then a Status, then the end', async (protocol) => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(LS, protocol);
  expect(await client.ended()).toBe('closed 1000');
  expect(client.told).toEqual([
    [1, ''],
    [1, 'ls\n'],
    [3, SUCCESS],
  ]);
  expect(client.socket.protocol).toBe(protocol);
  expect(server.protocols).toEqual([`WebSocket ${protocol}`]);
});

test.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])('%s: the exit code', async (protocol) => {
  const { webSocket } = await runningServer();
  const client = webSocket(EXIT, protocol);
  await client.ended();
  expect([client.text(1), client.text(2), client.text(3)]).toEqual(['exit 3\n', 'about to fail\n', FAILED]);
});

test('before v4 only failures are told, as text', async () => {
  const { webSocket } = await runningServer();
  const good = webSocket(LS, 'channel.k8s.io');
  const bad = webSocket(EXIT, 'channel.k8s.io');
  await good.ended();
  await bad.ended();
  expect(good.text(3)).toBe('');
  expect(bad.text(3)).toBe('command terminated with non-zero exit code: exit status 3');
});

test('without a subprotocol channels are binary', async () => {
  const { webSocket } = await runningServer();
  const client = webSocket(LS);
  await client.ended();
  expect(client.told.slice(0, 2)).toEqual([
    [1, ''],
    [1, 'ls\n'],
  ]);
});

test('base64: text, both ways', async () => {
  const { webSocket } = await runningServer();
  const client = webSocket(CAT, 'v4.base64.channel.k8s.io');
  await client.until(() => client.raw.length === 2);
  client.socket.send(`0${Buffer.from('hello').toString('base64')}`);
  await client.until(() => client.raw.length === 3);
  expect(client.raw).toEqual(['1', `1${btoa('cat\n')}`, `1${btoa('hello')}`]);
});

test('the first subprotocol that is spoken counts; one that knows v5 gets it', async () => {
  const { webSocket } = await runningServer();
  const older = webSocket(LS, 'x.k8s.io', 'base64.channel.k8s.io', 'channel.k8s.io');
  const newer = webSocket(LS, 'v4.channel.k8s.io', 'v5.channel.k8s.io');
  await older.ended();
  await newer.ended();
  expect([older.socket.protocol, newer.socket.protocol]).toEqual(['base64.channel.k8s.io', 'v5.channel.k8s.io']);
});

test('an unknown subprotocol is forbidden, a request without any stream a bad one', async () => {
  const { webSocket, server } = await runningServer();
  expect(await webSocket(LS, 'v9.channel.k8s.io').ended()).toBe('status 403');
  expect(await webSocket('/exec?command=ls', 'v4.channel.k8s.io').ended()).toBe('status 400');
  expect(server.protocols).toEqual([]);
});

test('what the kubelet refuses is answered with its status', async () => {
  const { webSocket, server } = await runningServer();
  server.program = () => {
    throw new StatusError({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'no',
      code: 404,
    });
  };
  expect(await webSocket(LS, 'v5.channel.k8s.io').ended()).toBe('status 404');
  expect(server.errors).toEqual([]);
  server.program = () => {
    throw new Error('broken');
  };
  expect(await webSocket(LS, 'v5.channel.k8s.io').ended()).toBe('status 500');
  expect(server.errors).toHaveLength(1);
});

test('v5 ends stdin alone', async () => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(CAT, 'v5.channel.k8s.io');
  await client.until(() => client.told.length === 2);
  client.send(0, 'hello');
  client.send(255, [0]);
  expect(await client.ended()).toBe('closed 1000');
  expect(client.text(1)).toBe('cat\nhello');
  expect(client.text(3)).toBe(SUCCESS);
  expect(server.processes[0]?.told).toEqual(['stdin hello', 'end']);
});

test('before v5 there is no way to end stdin, and nothing else is heard', async () => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(CAT, 'v4.channel.k8s.io');
  await client.until(() => client.told.length === 2);
  client.send(255, [0]);
  client.send(1, 'x');
  client.send(9, 'x');
  client.socket.send('');
  client.send(0, 'hello');
  await server.processes[0]?.isTold('stdin hello');
  expect(server.processes[0]?.told).toEqual(['stdin hello']);
});

test('a terminal has sizes and one output', async () => {
  const { webSocket, server } = await runningServer();
  server.program = ({ output }) => {
    output.stderr('err');
    output.stdout('out');
  };
  const client = webSocket('/exec?stdin=true&stdout=true&stderr=true&tty=true&command=sh', 'v5.channel.k8s.io');
  await client.until(() => client.text(1) === 'errout');
  client.send(4, '{"Width":80,"Height":24}');
  await server.processes[0]?.isTold('resize 80x24');
});

test.each(['/exec?stdin=true&command=cat', CAT])('the process is killed when the client leaves: %s', async (path) => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(path, 'v5.channel.k8s.io');
  await client.until(() => client.told.length > 0);
  client.socket.terminate();
  await server.processes[0]?.isTold('kill');
});

test('attach tells no exit code', async () => {
  const { webSocket, server } = await runningServer();
  server.program = ({ output }) => output.exit(3);
  const client = webSocket('/attach?stdout=true&stderr=true', 'v5.channel.k8s.io');
  await client.ended();
  expect(client.text(3)).toBe(SUCCESS);
});

test('an error of the runtime; the translator of the API server makes it one of its own', async () => {
  const { webSocket } = await runningServer();
  const path = '/exec?stdout=true&stderr=true&command=missing';
  const v4 = webSocket(path, 'v4.channel.k8s.io');
  const v5 = webSocket(path, 'v5.channel.k8s.io');
  await v4.ended();
  await v5.ended();
  const words = 'Internal error occurred: error executing command in container: exec: "missing": executable';
  expect(JSON.parse(v4.text(3))).toMatchObject({ reason: 'InternalError', code: 500 });
  expect(JSON.parse(v4.text(3)).message).toMatch(new RegExp(`^${words}`));
  expect(JSON.parse(v5.text(3)).message).toMatch(new RegExp(`^Internal error occurred: ${words}`));
});

test('a client that does not read is cut off, and its process killed', async () => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(CAT, 'v5.channel.k8s.io');
  await client.until(() => client.told.length === 2);
  client.socket.pause();
  const [process] = server.processes;
  for (let i = 0; i < 64; i++) process?.output.stdout(Buffer.alloc(1024 * 1024));
  expect(process?.told).toEqual(['kill']);
  process?.output.exit(0);
});

test('a process that says too much before its client is there is killed', async () => {
  const { webSocket, server } = await runningServer();
  server.program = ({ output }) => output.stdout(Buffer.alloc(17 * 1024 * 1024));
  expect(await webSocket(LS, 'v5.channel.k8s.io').ended()).toMatch(/1006|hang up/);
  expect(server.processes[0]?.told).toEqual(['kill']);
});

test('an error inside a process ends that connection only', async () => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(CAT, 'v5.channel.k8s.io');
  await client.until(() => client.told.length === 2);
  const [process] = server.processes;
  if (process !== undefined)
    process.onStdin = () => {
      throw new Error('broken');
    };
  client.send(0, 'x');
  expect(await client.ended()).toBe('closed 1006');
  expect(server.errors).toHaveLength(1);
});

test('over TLS each message has a record of its own, which the Python client needs', async () => {
  const { port, server } = await runningServer(nodeCertificates.selfSigned({ commonName: 'a', dnsNames: ['a'] }));
  server.program = ({ output }) => {
    for (let i = 0; i < 3; i++) {
      output.stdout('out');
      output.stderr('err');
    }
    output.exit(0);
  };
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  const records: Buffer[] = [];
  socket.on('data', (record: Buffer) => records.push(record));
  const handshake = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  socket.write(`GET ${LS} HTTP/1.1\r\nHost: a\r\n${handshake.join('\r\n')}\r\n${key}\r\n\r\n`);
  const hasClosed = () => records.at(-1)?.[0] === 0x88;
  while (!hasClosed()) await new Promise((resolve) => socket.once('data', resolve));
  const [head, ...frames] = records;
  expect(head?.toString()).toMatch(/^HTTP\/1.1 101 .*\r\n\r\n$/s);
  expect(frames.map((frame) => frame.length)).toEqual(frames.map((frame) => 2 + (frame[1] as number)));
  expect(frames.length).toBeGreaterThanOrEqual(8);
});

test('output that waits goes out in one message, in its order', async () => {
  const { webSocket, server } = await runningServer();
  server.program = ({ output }) => {
    for (let i = 0; i < 10_000; i++) output.stdout(`${i}\n`);
    output.stderr('err');
    output.stdout('last');
    output.exit(0);
  };
  const client = webSocket(LS, 'v4.channel.k8s.io');
  await client.ended();
  expect(client.text(1)).toBe(`${Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join('')}last`);
  expect(client.told.length).toBeLessThan(12);
  expect(client.told.slice(-3).map(([channel]) => channel)).toEqual([2, 1, 3]);
});
