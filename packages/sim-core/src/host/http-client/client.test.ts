import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runningEdge } from '../edge/testing/running-edge.ts';
import { HttpConnection } from './client.ts';

async function listening(answer: string, end = false): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('data', () => (end ? socket.end(answer) : socket.write(answer)));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function open(port: number, scheme: 'http' | 'https' = 'http', sni = ''): Promise<HttpConnection> {
  const connection = await HttpConnection.open({ port, scheme, sni });
  onTestFinished(() => connection.close());
  return connection;
}

const REQUEST = 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n';

test('one connection serves request after request', async () => {
  const connection = await open(await listening('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'));
  for (let i = 0; i < 3; i++) expect(await connection.ask('GET', REQUEST)).toMatchObject({ status: 200, body: 'hi' });
  expect(connection.isOpen).toBe(true);
});

test('after an answer that closes it is not used again', async () => {
  const connection = await open(await listening('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'));
  expect(await connection.ask('GET', REQUEST)).toMatchObject({ status: 200 });
  expect(connection.isOpen).toBe(false);
});

test('an end without answer is undefined, bytes that are no HTTP are an error', async () => {
  const nothing = await open(await listening('', true));
  expect(await nothing.ask('GET', REQUEST)).toBeUndefined();
  const noise = await open(await listening('what?\r\n\r\n'));
  await expect(noise.ask('GET', REQUEST)).rejects.toThrow('no HTTP answer');
});

test('the certificate is that of the handshake, with the server name that was sent, or none', async () => {
  const { edge } = await runningEdge();
  const names = await Promise.all(
    ['a.example', ''].map(async (sni) => {
      const connection = await open(edge.httpsPort, 'https', sni);
      return (await connection.ask('GET', REQUEST))?.certificate?.subject.CN;
    }),
  );
  expect(names).toEqual(['a.example', 'default.test']);
});
