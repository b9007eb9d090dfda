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
  ['^\\p{Lu}\\pL$', 'Ää', true],
  ['^\\P{Greek}$', 'α', false],
  ['^\\Qa.b\\E+$', 'a.bb', true],
  ['^(?s:.)$', '\n', true],
  ['^.$', '\n', false],
  ['^.$', '\r', true],
  ['a$', 'a\n', false],
  ['(?m)^b$', 'a\nb\nc', true],
])('%s', (pattern, text, matches) => {
  expect(compileGoRegexp(pattern).test(text)).toBe(matches);
});

test.each(['(', '[', 'a{5000}', '((a{1000}){1000}){1000}$'])('%s does not compile', (pattern) => {
  expect(() => compileGoRegexp(pattern)).toThrow(SyntaxError);
});

test.each([
  ['a(?=b)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['a(?<!b)', 'invalid or unsupported Perl syntax: `(?<!`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['(a', 'missing closing ): `(a`'],
  ['a)', 'unexpected ): `a)`'],
  ['*a', 'missing argument to repetition operator: `*`'],
  ['a{2,1}', 'invalid repeat count: `{2,1}`'],
  ['a{5000}', 'invalid repeat count: `{5000}`'],
  ['[b-a]', 'invalid character class range: `b-a`'],
  ['[a', 'missing closing ]: `[a`'],
  ['[[:who:]]', 'invalid character class range: `[:who:]`'],
  ['(?P<n>a)(?P<n>b)', 'duplicate capture group name: `n`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
  ['(?P<n', 'invalid named capture: `(?P<n`'],
])('%s: %s', (pattern, message) => {
  expect(() => compileGoRegexp(pattern)).toThrow(new SyntaxError(message));
});
