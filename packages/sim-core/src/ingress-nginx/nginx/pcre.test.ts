import { describe, expect, test } from 'vitest';
import { UnsupportedSyntax } from '../../apimachinery/regex/syntax.ts';
import { compilePcre, unsupportedIn } from './pcre.ts';

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
    ['[]a]', ']', true],
    ['a\\hb', 'a b', true],
    ['^a$', 'a\n', true],
    ['^a\\z', 'a\n', false],
    ['a.b', 'a\rb', true],
    ['a.b', 'a\nb', false],
    ['a(?i)b|c', 'C', true],
    ['a(?i:b)c', 'aBC', false],
    ['^(?#only)ab', 'ab', true],
    ['\\Qa.b\\E', 'axb', false],
    ['[\\d-z]', '-', true],
    ['[[:^digit:]]', '1', false],
    ['\\x{41}\\x42\\103', 'ABC', true],
    ['caf\u00e9', 'CAF\u00c9', false],
    ['a{,2}', 'a{,2}', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(compilePcre(pattern).test(text)).toBe(expected);
  });

  test.each([
    ['be(ta', 'missing closing parenthesis in "be(ta"'],
    ['be)ta', 'unmatched closing parenthesis in "be)ta" at ")ta"'],
    ['[a', 'missing terminating ] for character class in "[a"'],
    ['*a', 'quantifier does not follow a repeatable item in "*a" at "a"'],
    ['a{2,1}', 'numbers out of order in {} quantifier in "a{2,1}"'],
    [
      '(?<n>a)(?<n>b)',
      'two named subpatterns have the same name (PCRE2_DUPNAMES not set) in "(?<n>a)(?<n>b)" at ">b)"',
    ],
    ['[b-a]', 'range out of order in character class in "[b-a]" at "]"'],
    ['a\\', '\\ at end of pattern in "a\\"'],
    ['(a{60000}){60000}', 'regular expression is too large in "(a{60000}){60000}"'],
  ])('%s: pcre2_compile() failed: %s', (pattern, message) => {
    expect(() => compilePcre(pattern)).toThrow(new SyntaxError(`pcre2_compile() failed: ${message}`));
  });

  test.each([
    ['a(?=b)', 'lookahead'],
    ['a(?!b)', 'negative lookahead'],
    ['(?<=a)b', 'lookbehind'],
    ['(?<!a)b', 'negative lookbehind'],
    ['(a)\\1', 'backreference'],
    ['(?<n>a)\\k<n>', 'backreference'],
    ['(?P<n>a)(?P=n)', 'backreference'],
    ['a++b', 'possessive quantifier'],
    ['a{2}+b', 'possessive quantifier'],
    ['(?>a*)b', 'atomic group'],
    ['(?(1)a|b)', 'conditional group'],
    ['(a(?1)?b)', 'recursion'],
    ['(?R)', 'recursion'],
    ['(*COMMIT)a', 'backtracking verb'],
    ['a\\Kb', '\\K'],
  ])('%s is refused: %s', (pattern, construct) => {
    expect(unsupportedIn(pattern)).toBe(construct);
    expect(() => compilePcre(pattern)).toThrow(UnsupportedSyntax);
  });

  test.each(['^/c\\+\\+', '/a?b', '(?:a|b)*', 'be(ta'])('%s is not refused', (pattern) => {
    expect(unsupportedIn(pattern)).toBeUndefined();
  });

  test.each([
    ['(?:(a)|b)*', 'ab', ['ab', 'a']],
    ['^/(.*)/v/(.*)$', '/a/b/v/c/d', ['/a/b/v/c/d', 'a/b', 'c/d']],
    ['(?<x>a)?b', 'b', ['b', undefined]],
  ])('%s keeps what its groups captured', (pattern, text, groups) => {
    expect(compilePcre(pattern).exec(text)?.slice()).toEqual(groups);
  });

  test('the flag i ignores case', () => {
    expect(compilePcre('^/foo', 'i').test('/FOO')).toBe(true);
  });
});
