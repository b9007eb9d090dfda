import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRegex } from './parse.ts';
import { runProgram } from './pike.ts';
import { compileProgram } from './program.ts';
import { compileRegex } from './regex.ts';
import { UnknownSyntax } from './syntax.ts';

/** Regexes out of small pieces, most of them valid. */
const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\d',
  '\\.',
  'A',
  '-',
  '[a-c_]',
  '\\b',
  '^',
  '$',
  '/',
);
const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,}', '{1,3}?');
const regex: fc.Arbitrary<string> = fc.letrec<{ regex: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('regex').map((inner) => `(${inner})`),
    tie('regex').map((inner) => `(?:${inner})`),
  ),
  regex: fc
    .array(fc.tuple(tie('piece'), quantifier), { maxLength: 3 })
    .chain((parts) =>
      fc.constantFrom(
        parts.map(([piece, times]) => piece + times).join(''),
        parts.map(([piece, times]) => piece + times).join('|'),
      ),
    ),
})).regex;
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '/', '.', '1', '_', ' '), maxLength: 8 });

/** A repetition of what may be empty is where engines differ in what they prefer; whether they match they agree on. */
function hasEmptyLoop(source: string): boolean {
  return /\)[*+?{]|[\^$b][*+?{]/.test(source);
}

describe('the machine', () => {
  test('finds what JavaScript’s own engine finds', () => {
    fc.assert(
      fc.property(regex, text, fc.constantFrom<'' | 'i'>('', 'i'), (source, subject, flags) => {
        let native: RegExp;
        try {
          native = new RegExp(source, flags);
        } catch {
          return;
        }
        let parsed: ReturnType<typeof parseRegex>;
        try {
          parsed = parseRegex(source, flags === 'i');
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          return;
        }
        const slots = runProgram(compileProgram(parsed.node), parsed.groups, subject);
        const match = native.exec(subject);
        expect(slots === undefined).toBe(match === null);
        if (match === null || slots === undefined) return;
        if (hasEmptyLoop(source)) return;
        expect([slots[0], slots[1]]).toEqual([match.index, match.index + match[0].length]);
        const groups = match.map((_, group) =>
          slots[group * 2 + 1] === -1 ? undefined : subject.slice(slots[group * 2], slots[group * 2 + 1]),
        );
        expect(groups).toEqual([...match]);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('compileRegex', () => {
  test.each<[string, '' | 'i', string, (string | undefined)[] | null]>([
    ['^/something(/|$)(.*)', 'i', '/SOMETHING/new', ['/SOMETHING/new', '/', 'new']],
    ['/(.*)/v/(.*)/(.*)', '', '/a/v/b/c', ['/a/v/b/c', 'a', 'b', 'c']],
    ['^/(?<lang>[a-z]{2})/(.*)/(.*)$', '', '/de/a/b', ['/de/a/b', 'de', 'a', 'b']],
    ['(a|ab)(c|bcd)(d*)(e*)', '', 'abcd', ['abcd', 'a', 'bcd', '', '']],
    ['(x+x+)+y', '', 'xxxy', ['xxxy', 'xxx']],
    ['(x)?(.*)(.*)(.*)', '', 'y', ['y', undefined, 'y', '', '']],
  ])('%s', (source, flags, subject, expected) => {
    expect(compileRegex(source, flags).exec(subject)?.slice()).toEqual(expected ?? undefined);
  });

  test.each([
    '^(a+)+$',
    '^(a|a)*$',
    '^(a*)*b$',
    '(.*)(.*)(.*)(.*)x$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a{1,50}){1,50}b',
  ])('%s is answered at once, whatever the text', (source) => {
    expect(compileRegex(source, '').test(`${'a'.repeat(500)}!`)).toBe(false);
  });

  test.each(['a(', 'a)', '[a', '*a', 'a**', 'a{2,1}', '(?<n', '\\', '(a{1000}){1000}', '((a{900}){900}){900}+'])(
    '%s does not compile',
    (source) => {
      expect(() => compileRegex(source, '')).toThrow(SyntaxError);
    },
  );

  test.each(['(?=a)b', '(?!a)', '(?<=a)b', '(a)\\1', '(?<n>a)\\k<n>'])(
    '%s is left to the engine that looks back',
    (source) => {
      expect(() => parseRegex(source, false)).toThrow(UnknownSyntax);
      expect(compileRegex(source, '')).toBeInstanceOf(RegExp);
    },
  );
});
