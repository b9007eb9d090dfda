import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../workloads/workload.ts';
import { runningEdge } from './testing/running-edge.ts';

const SIZE = 8_000_000;

/** Sends everything before it reads anything, as many clients do. */
function upload(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    onTestFinished(() => void socket.destroy());
    let received = '';
    socket.once('error', reject);
    socket.pause();
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${SIZE}\r\n${head}\r\n`);
    socket.write(Buffer.alloc(SIZE), () => socket.resume());
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.once('end', () => resolve(received));
  });
}

const tooLarge = (_request: HttpRequest, response: HttpResponse) => {
  response.writeHead(413, ['Content-Length', '3', 'Connection', 'close']);
  response.end('413');
};

const firstChunkOnly = async ({ body }: HttpRequest, response: HttpResponse) => {
  await body?.getReader().read();
  response.writeHead(200, ['Content-Length', '2']);
  response.end('ok');
};

test('an answer that comes before the end of an upload arrives, although the connection closes', async () => {
  const { edge, engine, errors } = await runningEdge();
  engine.http = tooLarge;
  for (let i = 0; i < 5; i++) expect(await upload(edge.httpPort, '')).toMatch(/^HTTP\/1.1 413 .*413$/s);
  engine.http = (request, response) => void firstChunkOnly(request, response);
  for (let i = 0; i < 5; i++)
    expect(await upload(edge.httpPort, 'Connection: close\r\n')).toMatch(/^HTTP\/1.1 200 .*ok$/s);
  expect(errors).toEqual([]);
});

test('a client that leaves in the middle of it is let go', async () => {
  const { client, edge, engine, errors } = await runningEdge();
  engine.http = tooLarge;
  const raw = client(edge.httpPort).send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc');
  expect(await raw.matches(/413$/)).toContain('413');
  raw.socket.destroy();
  await edge.close();
  expect(errors).toEqual([]);
});
