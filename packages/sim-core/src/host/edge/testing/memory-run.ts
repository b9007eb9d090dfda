import { Agent, request } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { bytesInUse, countOrFill } from './heap.ts';
import { runningEdge } from './running-edge.ts';

const MEGABYTE = 1024 ** 2;
/** What connections and buffers that are kept for the next request may take. */
const ALLOWANCE = 8 * MEGABYTE;

/**
 * So many connections at once send and get bodies of that size, so many times over; what is in use afterwards must not grow
 * from round to round.
 */
export async function staysFlat(parts: { connections: number; bytes: number; rounds: number }): Promise<void> {
  const { connections, bytes, rounds } = parts;
  const { edge, engine, errors } = await runningEdge();
  engine.http = (asked, response) => void countOrFill(asked, response);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  onTestFinished(() => agent.destroy());
  const body = Buffer.alloc(bytes, 'y');
  const once = async () => {
    expect(await send(agent, edge.httpPort, '/up', body)).toBe(String(bytes).length);
    expect(await send(agent, edge.httpPort, `/down/${bytes}`)).toBe(bytes);
  };
  const round = async () => {
    await Promise.all(Array.from({ length: connections }, once));
    // The test's engine keeps what it was asked.
    engine.targets.length = engine.clients.length = engine.connections.length = 0;
  };
  await round();
  const before = bytesInUse();
  for (let i = 0; i < rounds; i++) await round();
  expect(bytesInUse() - before).toBeLessThan(ALLOWANCE);
  expect(errors).toEqual([]);
}

/** @returns bytes of the answer's body, which is not kept */
function send(agent: Agent, port: number, path: string, body?: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = { host: 'a.example', ...(body !== undefined && { 'content-length': body.length }) };
    const sent = request({ port, host: '127.0.0.1', path, method, agent, headers }, (response) => {
      let came = 0;
      response.on('data', (chunk: Buffer) => {
        came += chunk.length;
      });
      response.on('end', () => resolve(came));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
