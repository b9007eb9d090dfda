import { expect, test } from 'vitest';
import { refuseRawWord } from './raw-word.ts';
import { readRawWords, refuseNext } from './raw-words.ts';

/* As nginx reads a text that the template puts in without quotes; every message was seen of nginx 1.22. */

test.each([
  ['a b', ['a', 'b'], undefined],
  ['"a b" \'c\'', ['a b', 'c'], undefined],
  ['a\\ b', ['a\\ b'], undefined],
  ['${host}x', ['${host}x'], undefined],
  ['', [], undefined],
  ['a; b c', ['a'], 'b'],
])('%j', (text, words, next) => {
  expect(readRawWords('deny', text)).toEqual({ words, next });
});

test.each([
  ['a{b', 'directive "deny" is not terminated by ";"'],
  ['"a', 'unexpected end of file, expecting ";" or "}"'],
  ['"a"b', 'unexpected "b"'],
  ['a }', 'unexpected "}"'],
])('%j breaks the directive', (text, message) => {
  expect(() => readRawWords('deny', text)).toThrow(`nginx: [emerg] ${message}`);
});

test('what follows a directive is one that nobody knows', () => {
  expect(() => refuseNext(readRawWords('deny', 'a; b c'))).toThrow('nginx: [emerg] unknown directive "b"');
});

test.each([
  ['plain', undefined],
  ['"quoted one"', undefined],
  ['a b', 'too many'],
  ['a;b', 'too many'],
  ['a{b', 'unexpected "{"'],
  ['{', 'unexpected "{"'],
  [';', 'unexpected ";"'],
  ['}', 'unknown directive "1"'],
  ['}{', 'unexpected "{"'],
  ['}deny', 'unknown directive "deny"'],
  ['#', 'unexpected end of file, expecting "}"'],
  ["'", 'unexpected end of file, expecting ";" or "}"'],
  ["'x'y", 'unexpected "y"'],
])('%j as one word', (text, message) => {
  const refuse = () => refuseRawWord(text, 'too many');
  if (message === undefined) expect(refuse).not.toThrow();
  else expect(refuse).toThrow(`nginx: [emerg] ${message}`);
});
