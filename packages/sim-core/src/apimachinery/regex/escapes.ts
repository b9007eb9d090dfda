import { between, type CharacterSet, negate } from './character-set.ts';
import { classLetter, unicodeClass } from './classes.ts';
import { type Dialect, type Mistake, UnsupportedSyntax } from './syntax.ts';

/** What an escape stands for. */
export interface Escape {
  readonly set: CharacterSet;
  /** The one character that is meant; undefined for a class. */
  readonly code: number | undefined;
  /** Behind it. */
  readonly end: number;
}

/** The regex that is read, and how to tell of a mistake in it. */
export interface Reading {
  readonly source: string;
  readonly dialect: Dialect;
  /** @param begin, end the part of the source that is wrong */
  fail(kind: Mistake, begin: number, end: number): never;
}

const CONTROLS: Readonly<Record<string, number>> = Object.freeze({ a: 7, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11 });
const UNSUPPORTED: Readonly<Record<string, string>> = Object.freeze({
  C: '\\C',
  G: '\\G',
  K: '\\K',
  R: '\\R',
  X: '\\X',
  g: 'backreference',
  k: 'backreference',
});

/** A class, a control character, or a character that stands for itself. @param at behind the backslash */
export function readEscape(reading: Reading, at: number): Escape {
  const { source, dialect } = reading;
  const letter = source[at];
  if (letter === undefined) return reading.fail('escape-at-end', at, at);
  const set = classLetter(letter, dialect);
  if (set !== undefined) return { set, code: undefined, end: at + 1 };
  if ((letter === 'p' || letter === 'P') && dialect.name !== 'javascript') return readUnicode(reading, at);
  const number = readNumber(source, at, dialect);
  if (number === undefined && /[1-9]/.test(letter) && dialect.name !== 'go')
    throw new UnsupportedSyntax('backreference');
  return number ?? readCharacter(reading, at, letter);
}

function readCharacter(reading: Reading, at: number, letter: string): Escape {
  const { name } = reading.dialect;
  const control = name === 'javascript' && 'ae'.includes(letter) ? undefined : CONTROLS[letter];
  if (control !== undefined) return one(control, at + 1);
  if (!/[A-Za-z0-9]/.test(letter)) return one(letter.charCodeAt(0), at + 1);
  if (name === 'pcre' && letter === 'c') return readControl(reading, at);
  if (UNSUPPORTED[letter] !== undefined && name !== 'go') throw new UnsupportedSyntax(UNSUPPORTED[letter]);
  return name === 'javascript' ? one(letter.charCodeAt(0), at + 1) : reading.fail('escape', at - 1, at + 1);
}

const NUMBER = /^(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|(0[0-7]{0,2}|[1-3][0-7]{2}))/;
const JAVASCRIPT_NUMBER = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(0))/;

/** `\x41`, `\x{41}`, `\0`, `\012`; in JavaScript `\x41`, `\u0041`, `\0`. */
function readNumber(source: string, at: number, { name }: Dialect): Escape | undefined {
  const regex = name === 'javascript' ? JAVASCRIPT_NUMBER : NUMBER;
  const [whole, hexadecimal, longer, octal] = regex.exec(source.slice(at)) ?? [];
  if (whole === undefined) return undefined;
  const digits = hexadecimal ?? longer;
  const code = digits === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(digits, 16);
  return one(Math.min(code, 0xffff), at + whole.length);
}

function readControl(reading: Reading, at: number): Escape {
  const next = reading.source[at + 1];
  return next === undefined
    ? reading.fail('escape-at-end', at + 1, at + 1)
    : one(next.toUpperCase().charCodeAt(0) ^ 0x40, at + 2);
}

/** `\pL`, `\p{Lu}`, `\P{Greek}`, `\p{^Lu}`. */
function readUnicode(reading: Reading, at: number): Escape {
  const [whole, brace, letter] = /^[pP](?:\{(\^?\w+)\}|([A-Z]))/.exec(reading.source.slice(at)) ?? [];
  const name = brace ?? letter ?? '';
  const set = unicodeClass(name.replace('^', ''));
  if (whole === undefined || set === undefined) return reading.fail('class-name', at - 1, at + (whole?.length ?? 1));
  const isNegated = (whole[0] === 'P') !== name.startsWith('^');
  return { set: isNegated ? negate(set) : set, code: undefined, end: at + whole.length };
}

function one(code: number, end: number): Escape {
  return { set: between(code, code), code, end };
}
