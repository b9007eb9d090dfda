import type { Reading } from './escapes.ts';
import type { Flags } from './parse.ts';
import { UnsupportedSyntax } from './syntax.ts';

/** What stands behind the opening parenthesis of a group, or instead of one. */
export type GroupHead =
  | {
      readonly kind: 'group';
      readonly captures: boolean;
      readonly name?: string;
      readonly flags: Flags;
      readonly end: number;
    }
  /** `(?i)`, `(?#…)`: no group, but flags for what follows. */
  | { readonly kind: 'flags'; readonly flags: Flags; readonly end: number };

/** Heads of what only an engine that goes back can do (pcre2pattern). */
const UNSUPPORTED: readonly (readonly [head: RegExp, construct: string])[] = Object.freeze([
  [/^\?=/, 'lookahead'],
  [/^\?!/, 'negative lookahead'],
  [/^\?<=/, 'lookbehind'],
  [/^\?<!/, 'negative lookbehind'],
  [/^\?>/, 'atomic group'],
  [/^\?\|/, 'branch reset group'],
  [/^\?\(/, 'conditional group'],
  [/^\?P=/, 'backreference'],
  [/^\?(R|\d|[+-]\d|&|P>)/, 'recursion'],
  [/^\?C/, 'callout'],
  [/^\*/, 'backtracking verb'],
]);

/** Letters of flags that mean something to us. */
const FLAGS: Readonly<Record<string, keyof Flags>> = Object.freeze({
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  U: 'ungreedy',
});

/** @param at behind the parenthesis */
export function readGroupHead(reading: Reading, at: number, flags: Flags): GroupHead {
  const { dialect } = reading;
  const rest = reading.source.slice(at);
  const verb = rest[0] === '*' && dialect.name === 'pcre';
  if (rest[0] !== '?' && !verb) return { kind: 'group', captures: true, flags, end: at };
  const comment = dialect.name === 'pcre' ? /^\?#[^)]*\)/.exec(rest) : null;
  if (comment !== null) return { kind: 'flags', flags, end: at + comment[0].length };
  const named = readName(reading, rest, at);
  if (named !== undefined) return { kind: 'group', captures: true, name: named.name, flags, end: at + named.length };
  const unsupported = UNSUPPORTED.find(([head]) => head.test(rest));
  if (unsupported !== undefined && dialect.name !== 'go') throw new UnsupportedSyntax(unsupported[1]);
  return readFlags(reading, rest, at, flags);
}

function readName(reading: Reading, rest: string, at: number): { name: string; length: number } | undefined {
  const [whole, a, b] = /^\?(?:P?<([A-Za-z_$][\w$]*)>|'([A-Za-z_]\w*)')/.exec(rest) ?? [];
  if (whole !== undefined) return { name: (a ?? b) as string, length: whole.length };
  const isName = /^\?(P<|'|<(?![=!]))/.test(rest);
  return isName && reading.dialect.name !== 'javascript'
    ? reading.fail('group-name', at - 1, reading.source.length)
    : undefined;
}

/** `(?i)`, `(?i-s:`, `(?:`. */
function readFlags(reading: Reading, rest: string, at: number, outer: Flags): GroupHead {
  const [whole, on = '', off = '', closing] = /^\?([A-Za-z]*)(?:-([A-Za-z]*))?([:)])/.exec(rest) ?? [];
  if (whole === undefined) return reading.fail('group-head', at - 1, at + (rest[1] === '<' ? 3 : 2));
  const flags = { ...outer };
  for (const letter of on) set(reading, flags, letter, true, at, rest);
  for (const letter of off) set(reading, flags, letter, false, at, rest);
  const end = at + whole.length;
  return closing === ')' ? { kind: 'flags', flags, end } : { kind: 'group', captures: false, flags, end };
}

function set(
  reading: Reading,
  flags: { -readonly [K in keyof Flags]: boolean },
  letter: string,
  value: boolean,
  at: number,
  rest: string,
): void {
  const name = FLAGS[letter];
  if (name !== undefined) flags[name] = value;
  else if (reading.dialect.name === 'pcre' && /[xnJ]/.test(letter)) throw new UnsupportedSyntax(`(?${letter})`);
  else reading.fail('group-head', at - 1, at + rest.indexOf(letter) + 1);
}
