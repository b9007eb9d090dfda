import { expect, test } from 'vitest';
import { RawClient } from '../../edge/testing/raw-client.ts';
import { runningServer } from './testing/running-server.ts';
import type { SpdyClient } from './testing/spdy-client.ts';

const PATH = '/portforward';
const PROTOCOL = 'X-Stream-Protocol-Version: portforward.k8s.io';
const GET = 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n';
const REFUSED =
  /^error forwarding port 8081 to pod [0-9a-f]{64}, uid : failed to execute portforward in network namespace "\/var\/run\/netns\/cni-[0-9a-f-]{36}": failed to connect to localhost:8081 inside namespace "[0-9a-f]{64}", IPv4: dial tcp4 127.0.0.1:8081: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found $/;

/** Opens the streams of one connection as kubectl does it. */
function open(client: SpdyClient, port: number, requestid: string): { error: number; data: number } {
  const error = client.open({ streamtype: 'error', port: String(port), requestid });
  client.send(error, '', true);
  return { error, data: client.open({ streamtype: 'data', port: String(port), requestid }) };
}

test('requests of a kept connection, and its end', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy(PATH, PROTOCOL);
  const { error, data } = open(client, 80, '0');
  client.send(data, GET);
  await client.until(() => client.data.get(data)?.includes('GET /x from 127.0.0.1') === true);
  client.send(data, GET + GET);
  await client.until(() => client.data.get(data)?.match(/200 OK/g)?.length === 3);
  client.send(data, '', true);
  await client.until(() => client.events.includes(`fin ${error}`));
  expect(client.data.get(error)).toBe('');
  expect(client.events).toContain(`fin ${data}`);
  expect(server.protocols).toEqual(['SPDY/3.1 portforward.k8s.io']);
});

test('the stream of errors ends with the answer after which the connection closes', async () => {
  const { spdy } = await runningServer();
  const client = spdy(PATH, PROTOCOL);
  const { error, data } = open(client, 80, '0');
  client.send(data, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await client.until(() => client.events.includes(`fin ${error}`));
  expect(client.data.get(data)).toMatch(/^HTTP\/1.1 200 OK/);
});

test('a WebSocket upgrade, plain TCP and nonsense go through', async () => {
  const { spdy } = await runningServer();
  const client = spdy(PATH, PROTOCOL);
  const upgraded = open(client, 80, '0').data;
  client.send(upgraded, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  await client.until(() => client.data.get(upgraded)?.endsWith('\r\n\r\n') === true);
  client.send(upgraded, 'ping');
  await client.until(() => client.data.get(upgraded)?.endsWith('ping') === true);
  const tcp = open(client, 7, '1').data;
  client.send(tcp, 'hello', true);
  await client.until(() => client.events.includes(`fin ${tcp}`));
  expect(client.data.get(tcp)).toBe('hello');
  const nonsense = open(client, 80, '2').data;
  client.send(nonsense, 'nonsense\r\n\r\n');
  await client.until(() => client.events.includes(`fin ${nonsense}`));
  expect(client.data.get(nonsense)).toMatch(/^HTTP\/1.1 400/);
});

test('a port that nobody listens on', async () => {
  const { spdy, server } = await runningServer();
  const client = spdy(PATH, PROTOCOL);
  const { error } = open(client, 8081, '0');
  await client.until(() => client.events.includes(`fin ${error}`));
  expect(client.data.get(error)).toMatch(REFUSED);
  server.dial = () => 'timeout';
  const gone = open(client, 80, '1').error;
  await client.until(() => client.events.includes(`fin ${gone}`));
  expect(client.data.get(gone)).toMatch(/network namespace for sandbox "[0-9a-f]{64}" is closed$/);
});

test('a program that resets its connection, and one that goes away', async () => {
  const { spdy, server } = await runningServer();
  const web = server.dial;
  server.dial = () => ({ http: (_request, response) => response.destroy() });
  const client = spdy(PATH, PROTOCOL);
  const reset = open(client, 80, '0');
  client.send(reset.data, GET);
  await client.until(() => client.events.includes(`fin ${reset.error}`));
  expect(client.data.get(reset.error)).toMatch(
    /read tcp4 127.0.0.1:\d+->127.0.0.1:80: read: connection reset by peer$/,
  );
  server.dial = web;
  const gone = open(client, 80, '1');
  client.send(gone.data, GET);
  await client.until(() => client.data.get(gone.data)?.includes('200 OK') === true);
  server.dial = () => 'timeout';
  client.send(gone.data, GET);
  await client.until(() => client.events.includes(`fin ${gone.error}`));
});

test('streams without a port or with an unknown type are reset; pairs without an identity are found by their numbers', async () => {
  const { spdy } = await runningServer();
  const client = spdy(PATH, PROTOCOL);
  const wrong = [{ streamtype: 'data' }, { streamtype: 'x', port: '80' }, { streamtype: 'data', port: '0' }];
  const ids = wrong.map((headers) => client.open(headers as Record<string, string>));
  await client.until(() => client.events.length === ids.length);
  expect(client.events).toEqual(ids.map((id) => `rstStream ${id} 5`));
  client.open({ streamtype: 'error', port: '80' });
  const data = client.open({ streamtype: 'data', port: '80' });
  client.send(data, GET);
  await client.until(() => client.data.get(data)?.includes('200 OK') === true);
});

test('channels: both begin with the port; when all are over so is the WebSocket', async () => {
  const { webSocket, server } = await runningServer();
  const client = webSocket(`${PATH}?ports=80,8081`, 'v4.channel.k8s.io');
  await client.until(() => client.told.length === 5);
  expect(client.told.slice(0, 4)).toEqual([
    [0, 'P\0'],
    [1, 'P\0'],
    [2, '\x91\x1f'],
    [3, '\x91\x1f'],
  ]);
  expect(client.text(3).slice(2)).toMatch(REFUSED);
  client.send(0, 'GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(await client.ended()).toBe('closed 1000');
  expect(client.text(0)).toContain('GET /x from 127.0.0.1');
  expect(server.protocols).toEqual(['WebSocket v4.channel.k8s.io']);
});

test.each([
  ['', 'v4.channel.k8s.io', 'status 400'],
  ['?ports=x', 'v4.channel.k8s.io', 'status 400'],
  ['?ports=0', 'v4.channel.k8s.io', 'status 400'],
  [`?ports=${Array.from({ length: 128 }, (_, i) => i + 1)}`, 'v4.channel.k8s.io', 'status 400'],
  ['?ports=80', 'channel.k8s.io', 'status 403'],
])('channels refused: %.20s %s', async (query, protocol, outcome) => {
  const { webSocket } = await runningServer();
  expect(await webSocket(PATH + query, protocol).ended()).toBe(outcome);
});

test('the tunnel of SPDY in a WebSocket is accepted by its own name', async () => {
  const { port, server } = await runningServer();
  const handshake = (protocol: string) =>
    `GET ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`;
  const client = new RawClient(port).send(handshake('SPDY/3.1+portforward.k8s.io'));
  expect(await client.matches(/\r\n\r\n/)).toMatch(
    /^HTTP\/1.1 101 .*Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\nSec-WebSocket-Protocol: SPDY\/3.1\+portforward.k8s.io\r\n/s,
  );
  client.socket.destroy();
  const other = await new RawClient(port).send(handshake('SPDY/3.1+other.k8s.io')).end();
  expect(other.received).toMatch(/^HTTP\/1.1 400 .*unable to upgrade: no tunneling spdy protocols provided\n$/s);
  expect(server.protocols).toEqual(['WebSocket SPDY/3.1+portforward.k8s.io']);
});

test('neither SPDY nor a WebSocket: a bad request', async () => {
  const { port } = await runningServer();
  for (const path of [PATH, '/exec?stdout=true']) {
    const client = new RawClient(port).send(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n`,
    );
    expect((await client.end()).received).toMatch(/^HTTP\/1.1 400 .*missing upgrade headers in request\n$/s);
  }
});

test('connections of a client that left are over', async () => {
  const { spdy, server } = await runningServer();
  let over = () => {};
  const isOver = new Promise<void>((resolve) => {
    over = resolve;
  });
  server.dial = () => ({ http: (_request, response) => response.onClose(over) });
  const client = spdy(PATH, PROTOCOL);
  client.send(open(client, 80, '0').data, GET);
  await client.until(() => client.events.length >= 2);
  client.socket.destroy();
  await isOver;
});
