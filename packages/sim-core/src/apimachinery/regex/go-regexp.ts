import { compileRegex, type Regex } from './regex.ts';

const CLASSES: Readonly<Record<string, string>> = Object.freeze({
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
});

/** Escapes, classes and named groups: what Go spells differently, or what must not be looked into. */
const TOKENS = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|\(\?P</g;

/**
 * A pattern as Go's regexp reads it, on the engine whose time grows with the text only (regexp/syntax).
 * @throws SyntaxError where it does not compile
 */
export function compileGoRegexp(pattern: string): Regex {
  const ignoreCase = pattern.startsWith('(?i)');
  const source = (ignoreCase ? pattern.slice(4) : pattern).replace(TOKENS, translate);
  return compileRegex(source, ignoreCase ? 'i' : '');
}

function translate(token: string): string {
  if (token === '(?P<') return '(?<';
  if (token === '\\A') return '^';
  if (token === '\\z') return '$';
  if (!token.startsWith('[')) return token;
  const named = token.replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  // A bracket right after the opening one stands for itself.
  return named.replace(/^\[(\^?)\]/, '[$1\\]');
}
