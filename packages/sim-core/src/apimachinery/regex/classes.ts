import { between, type CharacterSet, negate, oneOf, union } from './character-set.ts';
import { ANY_BUT_NEWLINE, DIGIT, type Dialect, NEWLINE, WORD } from './syntax.ts';

const BLANK = oneOf(' \t');
const VERTICAL = oneOf('\n\v\f\r\u0085\u2028\u2029');
const HORIZONTAL = oneOf('\t \u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a');

const LETTERS: Readonly<Record<string, CharacterSet>> = Object.freeze({ d: DIGIT, w: WORD });
const PCRE_LETTERS: Readonly<Record<string, CharacterSet>> = Object.freeze({ h: HORIZONTAL, v: VERTICAL });

/** What a letter behind a backslash stands for, as a class; undefined where it stands for none. */
export function classLetter(letter: string, { name, space }: Dialect): CharacterSet | undefined {
  if (name === 'pcre' && letter === 'N') return ANY_BUT_NEWLINE;
  const lower = letter.toLowerCase();
  const set = lower === 's' ? space : (LETTERS[lower] ?? (name === 'pcre' ? PCRE_LETTERS[lower] : undefined));
  return set === undefined || letter === lower ? set : negate(set);
}

const POSIX: Readonly<Record<string, CharacterSet>> = Object.freeze({
  alnum: union([DIGIT, between(0x41, 0x5a), between(0x61, 0x7a)]),
  alpha: union([between(0x41, 0x5a), between(0x61, 0x7a)]),
  ascii: between(0, 0x7f),
  blank: BLANK,
  cntrl: union([between(0, 0x1f), between(0x7f, 0x7f)]),
  digit: DIGIT,
  graph: between(0x21, 0x7e),
  lower: between(0x61, 0x7a),
  print: between(0x20, 0x7e),
  punct: union([between(0x21, 0x2f), between(0x3a, 0x40), between(0x5b, 0x60), between(0x7b, 0x7e)]),
  space: union([oneOf('\t\v\f\r '), NEWLINE]),
  upper: between(0x41, 0x5a),
  word: WORD,
  xdigit: union([DIGIT, between(0x41, 0x46), between(0x61, 0x66)]),
});

/** `alpha`, `^alpha`: what stands between `[:` and `:]`. */
export function posixClass(name: string): CharacterSet | undefined {
  const set = POSIX[name.replace('^', '')];
  return set !== undefined && name.startsWith('^') ? negate(set) : set;
}

/** `\p{Lu}`, `\p{Greek}`: a category or a script of Unicode; undefined for a name that is none. */
export function unicodeClass(name: string): CharacterSet | undefined {
  const regex = unicodeRegex(name) ?? unicodeRegex(`Script=${name}`);
  if (regex === undefined) return undefined;
  const found: number[] = [];
  for (let code = 0; code <= 0xffff; code++) {
    if (!regex.test(String.fromCharCode(code))) continue;
    if (found.length > 0 && found[found.length - 1] === code - 1) found[found.length - 1] = code;
    else found.push(code, code);
  }
  return found;
}

function unicodeRegex(property: string): RegExp | undefined {
  try {
    return new RegExp(`^\\p{${property}}$`, 'u');
  } catch {
    return undefined;
  }
}
