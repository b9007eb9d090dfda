import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerReader } from './answer-reader.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';
const UNTIL_CLOSE = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello';

const read = (text: string, method = 'GET') => new AnswerReader(method).push(Buffer.from(text));

describe('an answer', () => {
  test('with a length', () => {
    const headers = ['Content-Length', '5', 'X-A', 'b'];
    expect(read(OK)).toEqual({ status: 200, protocol: 'HTTP/1.1', headers, body: 'hello', keepsAlive: true });
  });

  test('in chunks', () => {
    expect(read(CHUNKED)).toMatchObject({ body: 'hello', keepsAlive: true });
  });

  test('that lasts until the connection ends', () => {
    const reader = new AnswerReader('GET');
    expect(reader.push(Buffer.from(UNTIL_CLOSE))).toBeUndefined();
    expect(reader.end()).toMatchObject({ body: 'hello', keepsAlive: false });
  });

  test('without a body', () => {
    expect(read('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ status: 204, body: '' });
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 'HEAD')).toMatchObject({ body: '' });
  });

  test('behind an interim one', () => {
    expect(read(`HTTP/1.1 100 Continue\r\n\r\n${OK}`)).toMatchObject({ status: 200, body: 'hello' });
  });
});

test('it does not matter in which pieces it comes', () => {
  fc.assert(
    fc.property(fc.constantFrom(OK, CHUNKED), fc.array(fc.nat(80), { maxLength: 8 }), (text, cuts) => {
      const reader = new AnswerReader('GET');
      const ends = [...cuts.filter((cut) => cut < text.length), text.length].sort((a, b) => a - b);
      const answers = ends.map((end, index) => reader.push(Buffer.from(text.slice(ends[index - 1] ?? 0, end))));
      expect(answers.at(-1)).toMatchObject({ body: 'hello' });
    }),
  );
});

test.each([
  'SSH-2.0\r\n\r\n',
  'HTTP/1.1 2x0 OK\r\n\r\n',
  'HTTP/1.1 200 OK\r\nnothing\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  `${CHUNKED.slice(0, 47)}zz\r\n`,
])('%j is none', (text) => {
  expect(() => read(text)).toThrow(/^no /);
});

test('one that breaks off is none', () => {
  const reader = new AnswerReader('GET');
  expect(reader.push(Buffer.from(OK.slice(0, -1)))).toBeUndefined();
  expect(reader.end()).toBeUndefined();
});
