/** A word of a CEL expression; `at` is its place in the text, from 0. */
export interface Token {
  readonly type: 'number' | 'string' | 'name' | 'operator' | 'end';
  readonly text: string;
  /** What a literal stands for. */
  readonly value?: number | string;
  readonly at: number;
}

/** What keeps an expression from being read, as cel-go says it. */
export class CelSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The error with its place in the text (cel-go common/error.go). */
export function syntaxText({ message, at }: CelSyntaxError, text: string): string {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length;
  const line = text.split('\n')[before.length - 1] ?? '';
  return `ERROR: <input>:${before.length}:${column + 1}: ${message}\n | ${line}\n | ${'.'.repeat(column)}^`;
}

const SPACE = /(?:\s|\/\/[^\n]*)*/y;
const WORD =
  /(0x[0-9a-fA-F]+u?|\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d+u?)|([rR]?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))|([A-Za-z_]\w*)|(&&|\|\||[=!<>]=|\[\?|\.\?|[-+*/%!<>?:,.()[\]{}])/y;

const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
});

/** @throws CelSyntaxError */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const space = new RegExp(SPACE.source, 'y');
  const word = new RegExp(WORD.source, 'y');
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
    if (at >= text.length) return [...tokens, { type: 'end', text: '<EOF>', at }];
    word.lastIndex = at;
    const found = word.exec(text);
    if (found === null) throw new CelSyntaxError(`token recognition error at: '${text[at]}'`, at);
    tokens.push(tokenOf(found, at));
    at = word.lastIndex;
  }
}

function tokenOf([text, number, string, name]: RegExpExecArray, at: number): Token {
  if (number !== undefined) return { type: 'number', text, value: Number(number.replace(/u$/, '')), at };
  if (string !== undefined) return { type: 'string', text, value: unquote(string), at };
  return { type: name === undefined ? 'operator' : 'name', text, at };
}

function unquote(literal: string): string {
  const isRaw = /^[rR]/.test(literal);
  const quoted = isRaw ? literal.slice(1) : literal;
  const width = /^("""|''')/.test(quoted) && quoted.length >= 6 ? 3 : 1;
  const body = quoted.slice(width, -width);
  if (isRaw) return body;
  return body.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[\s\S])/g,
    (_, code: string) => {
      if (/^[xuU]./.test(code)) return codePoint(Number.parseInt(code.slice(1), 16));
      if (/^[0-3]\d\d$/.test(code)) return codePoint(Number.parseInt(code, 8));
      return ESCAPES[code] ?? code;
    },
  );
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
