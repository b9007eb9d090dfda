import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backtracker } from './backtrack.ts';
import { GO_REGEXP, JAVASCRIPT, PCRE } from './dialects.ts';
import { isAnchored, isLinear } from './linear.ts';
import { parseRegex } from './parse.ts';
import { runProgram } from './pike.ts';
import { printRegex } from './print.ts';
import { compileProgram, type Instruction } from './program.ts';
import { compileIn, compileRegex } from './regex.ts';
import { UnsupportedSyntax } from './syntax.ts';

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

type Match = readonly (string | undefined)[] | undefined;

function matchOf(slots: readonly number[] | undefined, groups: number, text: string): Match {
  return (
    slots &&
    Array.from({ length: groups + 1 }, (_, group) =>
      slots[group * 2 + 1] === -1 ? undefined : text.slice(slots[group * 2], slots[group * 2 + 1]),
    )
  );
}

/** What each way to run a regex finds; undefined where the regex is none. */
function allMatches(source: string, text: string, flags: '' | 'i'): Match[] | undefined {
  let native: RegExp;
  try {
    native = new RegExp(source, flags);
  } catch {
    return undefined;
  }
  const { node, groups } = parseRegex(source, JAVASCRIPT, flags === 'i');
  const program = compileProgram(node) as readonly Instruction[];
  return [
    native.exec(text)?.slice(),
    new RegExp(printRegex(node)).exec(text)?.slice(),
    matchOf(runProgram(program, groups, text), groups, text),
    matchOf(new Backtracker(program, groups, isAnchored(node)).run(text), groups, text),
  ];
}

describe('the machines', () => {
  test('find what JavaScript’s own engine finds', () => {
    fc.assert(
      fc.property(regex, text, fc.constantFrom<'' | 'i'>('', 'i'), (source, subject, flags) => {
        const [native, ...others] = allMatches(source, subject, flags) ?? [];
        const seen = (match: Match) => (hasEmptyLoop(source) ? match === undefined : match);
        for (const other of others) expect(seen(other)).toEqual(seen(native));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('who runs what', () => {
  test.each([
    '^/api/(v1|v2)/.*',
    '^/something(/|$)(.*)',
    '/foo(/|$)(.*)',
    '^/[^/]+/items/([0-9]+)$',
    '^(/a)?/b/(.*)',
    '^.*\\.(png|jpg)$',
    'beta',
    '^Do[A-Z]+$',
  ])('%s is linear on the engine of JavaScript', (source) => {
    expect(isLinear(parseRegex(source, PCRE, true).node)).toEqual({ always: true, withoutNewline: true });
  });

  test.each([
    '^(a+)+$',
    '^(a|a)*$',
    '^.*a.*b',
    '(.*)x',
    '[a-z]+1',
    '^(a?){10}a{10}$',
    '^(a|a|a)(a|a|a)(a|a|a)(a|a|a)b',
  ])('%s is not, or nobody knows', (source) => {
    expect(isLinear(parseRegex(source, PCRE, false).node)).toEqual({ always: false, withoutNewline: false });
  });

  test('the end of the line decides about (.*)$', () => {
    const { node } = parseRegex('^/(.*)/v/(.*)$', PCRE, true);
    expect(isLinear(node)).toEqual({ always: false, withoutNewline: true });
    const regex = compileIn(PCRE, '^/(.*)/v/(.*)$');
    expect(regex.exec('/a/v/b')?.slice()).toEqual(['/a/v/b', 'a', 'b']);
    expect(regex.test('/a/v/b\n')).toBe(true);
    expect(regex.test(`${'/a/v/'.repeat(20_000)}\n\n`)).toBe(false);
  });

  test('what is linear takes no longer than the text, however it fails', () => {
    fc.assert(
      fc.property(regex, (source) => {
        const parsed = parsedOrNot(source);
        if (parsed === undefined) return;
        const { always, withoutNewline } = isLinear(parsed.node);
        if (!withoutNewline) return;
        const native = new RegExp(printRegex(parsed.node));
        for (const piece of ['a', 'b', 'ab', '/', 'aA', '1.'])
          for (const end of always ? ['', '!', '\n', 'b'] : ['', '!', 'b']) native.test(piece.repeat(20_000) + end);
      }),
      { numRuns: 200 },
    );
  });
});

function parsedOrNot(source: string): ReturnType<typeof parseRegex> | undefined {
  try {
    return parseRegex(source, PCRE, false);
  } catch {
    return undefined;
  }
}

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
    '%s is left to the engine that goes back',
    (source) => {
      expect(() => parseRegex(source, JAVASCRIPT, false)).toThrow(UnsupportedSyntax);
      expect(compileRegex(source, '')).toBeInstanceOf(RegExp);
    },
  );
});

test('a text too long to remember every step for', () => {
  const regex = compileIn(GO_REGEXP, '^(a+b?)+$');
  expect(regex.test('a'.repeat(400_000))).toBe(true);
  expect(regex.test(`${'a'.repeat(400_000)}c`)).toBe(false);
});
