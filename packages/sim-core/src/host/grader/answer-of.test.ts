import { once } from 'node:events';
import { Agent, createServer, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerOf } from './answer-of.ts';

test('a kept connection that the server closes under a request is no failure, a new one that it closes is', async () => {
  let requests = 0;
  const server = createServer((_asked, answer) => {
    requests++;
    if (requests === 2 || requests >= 4) answer.destroy();
    else answer.end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = async (more: RequestOptions) => {
    const answer = await answerOf(() => request({ host: '127.0.0.1', port, ...more }).end());
    await once(answer.resume(), 'close');
    return answer.statusCode;
  };
  expect([await ask({ agent }), await ask({ agent })]).toEqual([200, 200]);
  expect(requests).toBe(3);
  await expect(ask({ agent: false })).rejects.toThrow('socket hang up');
  expect(requests).toBe(4);
});

test('what changes something is asked once, however the connection ends', async () => {
  let requests = 0;
  const server = createServer((_asked, answer) => {
    requests++;
    if (requests >= 2) answer.destroy();
    else answer.end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = async () => {
    const answer = await answerOf(() => request({ host: '127.0.0.1', port, agent, method: 'POST' }).end());
    await once(answer.resume(), 'close');
  };
  await ask();
  await expect(ask()).rejects.toThrow('socket hang up');
  expect(requests).toBe(2);
});
