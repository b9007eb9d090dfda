import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { namesServer, speaksTls } from './client-hello.ts';

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
  expect([speaksTls(named), namesServer(named)]).toEqual([true, true]);
  expect(namesServer(await helloOf(versions))).toBe(false);
});

test('what is cut short or no hello names nobody', async () => {
  const hello = await helloOf({ servername: 'a.example' });
  for (let length = 0; length < 48; length++) expect(namesServer(hello.subarray(0, length))).toBe(false);
  expect(speaksTls(Buffer.from('GET / HTTP/1.1'))).toBe(false);
  expect(namesServer(Buffer.alloc(1000, 0xff))).toBe(false);
});
