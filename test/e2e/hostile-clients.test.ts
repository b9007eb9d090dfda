import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { KubectlSandbox } from '../support/kubectl-sandbox.ts';
import { ask } from './kubectl/ask.ts';

/* Clients that do not speak properly: whatever they do, the Kubernetes API answers all others. */

let run: KubectlSandbox;
beforeAll(async () => {
  run = await KubectlSandbox.start(undefined);
});
afterAll(() => run.stop());

const port = () => Number(new URL(run.server).port);
const CHUNK = Buffer.alloc(1024 * 1024, 'x');
const GIGABYTE = 1024;
const MANY = 200;

/** Others are answered, and soon. */
async function expectAnswers(): Promise<void> {
  const start = performance.now();
  expect((await ask(run, { method: 'GET', path: '/version' })).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(5000);
}

function tls(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port: port(), host: '127.0.0.1', rejectUnauthorized: false }, () => resolve(socket));
    socket.once('error', reject);
  });
}

test('a body of a gigabyte is refused before it is there', async () => {
  const headers = { authorization: `Bearer ${run.token}`, 'content-type': 'application/json' };
  const path = `${run.server}/api/v1/namespaces/default/configmaps`;
  const asked = request(path, { method: 'POST', headers, rejectUnauthorized: false, agent: false });
  let sent = 0;
  const write = () => {
    while (sent < GIGABYTE && !asked.destroyed) {
      sent++;
      if (!asked.write(CHUNK)) return void asked.once('drain', write);
    }
  };
  const status = new Promise<number | undefined>((resolve, reject) => {
    asked.once('response', (response) => {
      resolve(response.statusCode);
      asked.destroy();
    });
    asked.once('error', reject);
  });
  write();
  expect(await status).toBe(413);
  expect(sent).toBeLessThan(GIGABYTE / 4);
  await expectAnswers();
});

test('connections that are opened and left alone, or half closed', async () => {
  const sockets = await Promise.all(Array.from({ length: MANY }, tls));
  for (const socket of sockets.slice(0, MANY / 2)) socket.end();
  await expectAnswers();
  for (const socket of sockets) socket.destroy();
  await expectAnswers();
});

test('requests that come a byte at a time', async () => {
  const sockets = await Promise.all(Array.from({ length: 50 }, tls));
  const head = 'POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{';
  for (let at = 0; at < 20; at++) for (const socket of sockets) socket.write(head[at] as string);
  await expectAnswers();
  for (const socket of sockets) socket.destroy();
});

test('no TLS at all', async () => {
  const texts = [
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    '\u0000'.repeat(1000),
    '\u0016\u0003\u0001\u0000\u0005hello',
    'x',
  ];
  const sockets = texts.map((text) => {
    const socket = connect(port(), '127.0.0.1').on('error', () => {});
    socket.end(text);
    return socket;
  });
  await expectAnswers();
  for (const socket of sockets) socket.destroy();
});

test('requests behind one another, and nonsense behind them', async () => {
  const socket = await tls();
  let text = '';
  socket.on('data', (chunk) => (text += chunk)).on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const get = `GET /version HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${run.token}\r\n\r\n`;
  socket.write(get.repeat(3));
  await expect.poll(() => text.match(/HTTP\/1\.1 200 OK/g)?.length, { timeout: 10_000 }).toBe(3);
  socket.write('nonsense\r\n\r\n\u0000\u0001');
  await closed;
  await expectAnswers();
});

test('an upgrade to something else, and one that ends in the middle', async () => {
  for (const upgrade of ['h2c', 'websocket', 'SPDY/3.1', 'nothing']) {
    const socket = await tls();
    const path = '/api/v1/namespaces/default/pods/nothing/exec?command=ls';
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n\r\n\u0080`);
    socket.destroy();
  }
  await expectAnswers();
  expect(run.sandbox.errors).toBe('');
});
