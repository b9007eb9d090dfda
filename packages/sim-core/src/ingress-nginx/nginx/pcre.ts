import { compileRegex, type Regex } from '../../apimachinery/regex/regex.ts';

const POSIX_CLASSES: Readonly<Record<string, string>> = Object.freeze({
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
});

/**
 * A PCRE as JavaScript's own: leading `(?i)`, `(?P<name>`, `\A`, `\z`, `\Z`, `\h`, POSIX classes and possessive quantifiers are
 * put into its words (a possessive quantifier becomes a greedy one: same matches but for patterns built to fail on
 * it). What JavaScript cannot compile afterwards counts as broken, as it would for nginx.
 * @throws SyntaxError where the pattern does not compile
 */
export function compilePcre(pattern: string, flags: '' | 'i' = ''): Regex {
  const inline = pattern.startsWith('(?i)');
  const source = (inline ? pattern.slice(4) : pattern).replace(TOKENS, translateToken);
  return compileRegex(source, inline || flags === 'i' ? 'i' : '');
}

/** Escapes, classes, named groups and possessive quantifiers: what is spelled differently, or must not be looked into. */
const TOKENS = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|\(\?P<|([*+?}])\+/g;

const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  '\\A': '^',
  '\\z': '$',
  '\\Z': '$',
  '\\h': '[ \\t]',
});

function translateToken(token: string, quantifier: string | undefined): string {
  if (quantifier !== undefined) return quantifier;
  if (token === '(?P<') return '(?<';
  if (token.startsWith('[')) return translateClass(token);
  return ESCAPES[token] ?? token;
}

/** A bracket right after the opening one stands for itself. */
function translateClass(token: string): string {
  const named = token.replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX_CLASSES[name] ?? whole);
  return named.replace(/^\[(\^?)\]/, '[$1\\]');
}
