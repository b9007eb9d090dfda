import { expect, test } from 'vitest';
import { compileGoRegexp } from './go-regexp.ts';

test.each([
  ['^[[:alpha:]]+$', 'abc', true],
  ['^[[:digit:]-]+$', '1-2', true],
  ['(?i)^abc$', 'ABC', true],
  ['\\Aab\\z', 'ab', true],
  ['^(?P<name>a)$', 'a', true],
  ['^[]a]+$', ']a', true],
  ['^\\[a\\]$', '[a]', true],
])('%s', (pattern, text, matches) => {
  expect(compileGoRegexp(pattern).test(text)).toBe(matches);
});

test.each(['(', '[', 'a{5000}', '((a{1000}){1000}){1000}$'])('%s does not compile', (pattern) => {
  expect(() => compileGoRegexp(pattern)).toThrow(SyntaxError);
});
