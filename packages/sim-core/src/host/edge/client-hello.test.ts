import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { serverNameOf, speaksTls } from './client-hello.ts';

async function helloOf(options: ConnectionOptions): Promise<Uint8Array> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const client = connect({ ...options, host: '127.0.0.1', port });
  client.on('error', () => {});
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [hello] = (await once(socket, 'data')) as [Uint8Array];
  client.destroy();
  return hello;
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a hello of %s with and without a server name', async (version) => {
  const versions = { minVersion: version, maxVersion: version };
  const named = await helloOf({ ...versions, servername: 'a.example' });
  expect([speaksTls(named), serverNameOf(named)]).toEqual([true, 'a.example']);
  expect(serverNameOf(await helloOf(versions))).toBe('');
});

test('a hello that comes in pieces is waited for', async () => {
  const hello = await helloOf({ servername: 'a.example' });
  for (let length = 0; length < hello.length; length++) expect(serverNameOf(hello.subarray(0, length))).toBe(undefined);
  expect(serverNameOf(Buffer.concat([hello, Buffer.from('more')]))).toBe('a.example');
});

test('a hello may be spread over records', async () => {
  const hello = await helloOf({ servername: 'a.example' });
  const message = hello.subarray(5);
  const record = (piece: Uint8Array) => [Buffer.from([22, 3, 1, piece.length >> 8, piece.length & 255]), piece];
  const size = Math.ceil(message.length / 7);
  const pieces = Array.from({ length: 7 }, (_, i) => message.subarray(i * size, (i + 1) * size));
  const spread = Buffer.concat(pieces.flatMap(record));
  expect(serverNameOf(spread)).toBe('a.example');
  expect(serverNameOf(spread.subarray(0, -1))).toBe(undefined);
});

test('what is no hello names nobody, and is not waited for', () => {
  expect(speaksTls(Buffer.from('GET / HTTP/1.1'))).toBe(false);
  expect(serverNameOf(Buffer.alloc(1000, 0xff))).toBe('');
  expect(serverNameOf(Buffer.alloc(30_000, 22))).toBe('');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(typeof serverNameOf(Buffer.from([22, 3, 1, 0, bytes.length & 255, ...bytes, 0]))).toMatch(
        /string|undefined/,
      );
    }),
  );
});
