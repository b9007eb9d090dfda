import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessage } from './channels.ts';

test('a binary message begins with its channel', () => {
  expect(readMessage(Buffer.from([4, 97, 98]), false)).toEqual({ channel: 4, data: Buffer.from('ab') });
  expect(readMessage(Buffer.from([255, 0]), false)).toEqual({ channel: 255, data: Buffer.from([0]) });
});

test('a base64 message begins with a digit', () => {
  expect(readMessage(Buffer.from('0Zm9vCgo='), true)).toEqual({ channel: 0, data: Buffer.from('foo\n\n') });
  expect(readMessage(Buffer.from('0'), true)).toEqual({ channel: 0, data: Buffer.alloc(0) });
});

test.each(['', '0Zm9v=', '0Zm9', '0****', '!Zm9v'])('what is no message is left out: %j', (text) => {
  expect(readMessage(Buffer.from(text), true)).toBeUndefined();
});

test('any bytes can be read', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.boolean(), (bytes, isBase64) => {
      const message = readMessage(Buffer.from(bytes), isBase64);
      expect(message === undefined || message.channel >= 0).toBe(true);
    }),
  );
});
