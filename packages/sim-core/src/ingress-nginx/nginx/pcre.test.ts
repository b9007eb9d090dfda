import { describe, expect, test } from 'vitest';
import { compilePcre } from './pcre.ts';

describe('compilePcre', () => {
  test.each([
    ['^Do[A-Z]+$', 'DoIT', true],
    ['beta', 'alphabeta', true],
    ['(?i)beta', 'BETA', true],
    ['\\Aab\\z', 'ab', true],
    ['\\Aab\\z', 'abc', false],
    ['[[:alpha:]]+[[:digit:]]', 'ab1', true],
    ['[[:alpha:]]', '1', false],
    ['(?P<name>a)b', 'ab', true],
    ['a++b', 'aaab', true],
    ['[]a]', ']', true],
    ['a\\hb', 'a b', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(compilePcre(pattern).test(text)).toBe(expected);
  });

  test.each(['be(ta', '[a', '*a', 'a{2,1}', '(?<n>a)(?<n>b)'])('%s does not compile', (pattern) => {
    expect(() => compilePcre(pattern)).toThrow(SyntaxError);
  });

  test('the flag i ignores case', () => {
    expect(compilePcre('^/foo', 'i').test('/FOO')).toBe(true);
  });
});
