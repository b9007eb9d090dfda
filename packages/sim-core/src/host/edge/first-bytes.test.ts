import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { FirstBytes } from './first-bytes.ts';
import { Deadlines } from './http1/deadlines.ts';

const MINUTE = 60_000;

test('what was looked at is still there', async () => {
  const socket = new PassThrough();
  const told = new Promise<string>((resolve) => {
    new FirstBytes(socket, new Deadlines(), (bytes) => {
      const text = Buffer.from(bytes).toString();
      return text.length < 3 ? undefined : () => resolve(text);
    });
  });
  for (const piece of ['a', 'b', 'cd']) socket.write(piece);
  expect(await told).toBe('abcd');
  socket.end('ef');
  let rest = '';
  for await (const chunk of socket) rest += chunk;
  expect(rest).toBe('abcdef');
});

test('a connection that says nothing for a minute is closed; so is one that ends', async () => {
  const deadlines = new Deadlines();
  const [silent, ended] = [new PassThrough(), new PassThrough()];
  for (const socket of [silent, ended]) new FirstBytes(socket, deadlines, () => undefined);
  silent.write('x');
  ended.end();
  await expect.poll(() => ended.destroyed).toBe(true);
  deadlines.check(Date.now() + MINUTE - 5000);
  expect(silent.destroyed).toBe(false);
  deadlines.check(Date.now() + MINUTE);
  expect(silent.destroyed).toBe(true);
});
