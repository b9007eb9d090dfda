/** A word of a script, or an operator. Quotes are gone; `$` that must not be expanded any more is U+E000. */
export type Token = { readonly word: string } | { readonly operator: string };

/** Stands for a dollar sign from single quotes or behind a backslash. */
export const LITERAL_DOLLAR = '\ue000';

const OPERATORS: readonly string[] = Object.freeze(['&&', '||', ';;', '>>', ';', '&', '|', '(', ')', '\n', '>', '<']);

/** Cuts a script into words and operators (POSIX shell, 2.3 Token Recognition, without here-documents). */
export function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < script.length) {
    const operator = OPERATORS.find((each) => script.startsWith(each, at));
    if (operator !== undefined) {
      tokens.push({ operator });
      at += operator.length;
    } else if (/\s/.test(script[at] as string)) {
      at++;
    } else if (script[at] === '#') {
      at = endOfLine(script, at);
    } else {
      const { word, end } = readWord(script, at);
      tokens.push({ word });
      at = end;
    }
  }
  return tokens;
}

function endOfLine(script: string, at: number): number {
  const end = script.indexOf('\n', at);
  return end < 0 ? script.length : end;
}

function readWord(script: string, start: number): { word: string; end: number } {
  let word = '';
  let at = start;
  while (at < script.length && !/[\s;&|()<>]/.test(script[at] as string)) {
    const piece = readPiece(script, at);
    word += piece.text;
    at = piece.end;
  }
  return { word, end: at };
}

function readPiece(script: string, at: number): { text: string; end: number } {
  const character = script[at] as string;
  if (character === "'") return quoted(script, at, "'", (text) => text.replaceAll('$', LITERAL_DOLLAR));
  if (character === '"') return quoted(script, at, '"', (text) => text.replace(/\\([$"\\`])/g, unescaped));
  if (character === '\\') return { text: unescaped('', script[at + 1] ?? ''), end: at + 2 };
  if (script.startsWith('$(', at)) return quoted(script, at, ')', (text) => `${text})`, '$(');
  if (character === '`') return quoted(script, at, '`', (text) => `$(${text})`);
  return { text: character, end: at + 1 };
}

function unescaped(_match: string, character: string): string {
  return character === '$' ? LITERAL_DOLLAR : character;
}

function quoted(
  script: string,
  at: number,
  close: string,
  take: (text: string) => string,
  keep = '',
): { text: string; end: number } {
  const from = at + Math.max(1, keep.length);
  const found = script.indexOf(close, from);
  const end = found < 0 ? script.length : found;
  return { text: keep + take(script.slice(from, end)), end: end + 1 };
}
