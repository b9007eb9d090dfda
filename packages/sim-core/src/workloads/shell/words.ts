import type { Parameter, Part, Script, Word } from './ast.ts';
import { type Cursor, SyntaxFailure } from './cursor.ts';

/** Reads the commands of a `$( … )` up to its closing parenthesis. */
export type ReadCommands = (cursor: Cursor) => Script;

/** Reads words (POSIX shell, 2.2 Quoting, 2.6 Word Expansions). */
export class WordReader {
  readonly #cursor: Cursor;
  readonly #readCommands: ReadCommands;
  readonly #parseText: (text: string) => Script;

  constructor(cursor: Cursor, readCommands: ReadCommands, parseText: (text: string) => Script) {
    this.#cursor = cursor;
    this.#readCommands = readCommands;
    this.#parseText = parseText;
  }

  /** A word up to the next blank or operator; undefined where none begins. */
  read(): Word | undefined {
    const word = this.#readUntil((character) => /[\s;&|()<>]/.test(character), false);
    return word.length === 0 ? undefined : word;
  }

  /** Text in which only `$` and the backquote mean something: a here-document. */
  readAll(): Word {
    return this.#readUntil(() => false, true);
  }

  #readUntil(stops: (character: string) => boolean, quoted: boolean): Word {
    const cursor = this.#cursor;
    const parts: Part[] = [];
    while (!cursor.done && !stops(cursor.character)) parts.push(...(quoted ? this.#quotedPart() : this.#part()));
    return merged(parts);
  }

  #part(): Part[] {
    const cursor = this.#cursor;
    if (cursor.take("'")) return [text(cursor.takeUntil("'"), true)];
    if (cursor.take('"')) return this.#inQuotes();
    if (cursor.take("$'")) return [text(unescapeAnsi(cursor.takeUntil("'")), true)];
    if (cursor.take('\\\n')) return [];
    if (cursor.take('\\')) return [text(this.#next() || '\\', true)];
    return this.#expansion(false) ?? [text(this.#next(), false)];
  }

  #inQuotes(): Part[] {
    const parts = this.#readUntil((character) => character === '"', true);
    if (!this.#cursor.take('"')) throw new SyntaxFailure(undefined);
    return [text('', true), ...parts];
  }

  #quotedPart(): Part[] {
    const cursor = this.#cursor;
    if (cursor.take('\\\n')) return [];
    if (cursor.character === '\\' && /[$`"\\]/.test(cursor.text[cursor.at + 1] ?? '')) {
      cursor.at++;
      return [text(this.#next(), true)];
    }
    return this.#expansion(true) ?? [text(this.#next(), true)];
  }

  #expansion(quoted: boolean): Part[] | undefined {
    const cursor = this.#cursor;
    if (cursor.take('`')) return [{ kind: 'command', script: this.#parseText(this.#backquoted()), quoted }];
    if (cursor.sees('$((')) return [this.#arithmetic(quoted)];
    if (cursor.take('$(')) return [this.#command(quoted)];
    if (cursor.take('${')) return [{ kind: 'parameter', parameter: this.#braced(), quoted }];
    const [name] = /^\$(\w+|[?$#@*!-])/.exec(cursor.text.slice(cursor.at, cursor.at + 256)) ?? [];
    if (name === undefined) return undefined;
    const taken = /^\$\d/.test(name) ? name.slice(0, 2) : name;
    cursor.at += taken.length;
    return [{ kind: 'parameter', parameter: { name: taken.slice(1) }, quoted }];
  }

  #command(quoted: boolean): Part {
    const script = this.#cursor.nested(() => this.#readCommands(this.#cursor));
    return { kind: 'command', script, quoted };
  }

  #backquoted(): string {
    let inner = '';
    const cursor = this.#cursor;
    while (!cursor.take('`')) {
      if (cursor.done) throw new SyntaxFailure(undefined);
      if (cursor.character === '\\' && /[$`\\]/.test(cursor.text[cursor.at + 1] ?? '')) cursor.at++;
      inner += this.#next();
    }
    return inner;
  }

  #arithmetic(quoted: boolean): Part {
    const cursor = this.#cursor;
    cursor.at += 3;
    let open = 0;
    const word = cursor.nested(() =>
      this.#readUntil((character) => {
        if (character === '(') open++;
        if (character === ')') open--;
        return open < 0;
      }, true),
    );
    if (!cursor.take('))')) throw new SyntaxFailure(cursor.done ? undefined : ')');
    return { kind: 'arithmetic', word, quoted };
  }

  #braced(): Parameter {
    const cursor = this.#cursor;
    const length = cursor.character === '#' && /[\w@*]/.test(cursor.text[cursor.at + 1] ?? '');
    if (length) cursor.at++;
    const [name = ''] = /^(\w+|[?$#@*!-])/.exec(cursor.text.slice(cursor.at, cursor.at + 256)) ?? [];
    cursor.at += name.length;
    if (cursor.take('}')) return { name, ...(length && { operator: 'length' }) };
    if (cursor.done) throw new SyntaxFailure(undefined);
    const [operator] = /^(:?[-=+?]|##?|%%?|\/\/?|:)/.exec(cursor.text.slice(cursor.at, cursor.at + 2)) ?? [];
    if (operator === undefined || name === '') throw new SyntaxFailure('}');
    cursor.at += operator.length;
    const word = cursor.nested(() => this.#readUntil((character) => character === '}', false));
    if (!cursor.take('}')) throw new SyntaxFailure(undefined);
    return { name, operator, word };
  }

  #next(): string {
    return this.#cursor.text[this.#cursor.at++] ?? '';
  }
}

function text(value: string, quoted: boolean): Part {
  return { kind: 'text', text: value, quoted };
}

/** Neighbouring texts as one. */
function merged(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.kind === 'text' && last?.kind === 'text' && last.quoted === part.quoted)
      out[out.length - 1] = text(last.text + part.text, part.quoted);
    else out.push(part);
  }
  return out;
}

const ANSI: Readonly<Record<string, string>> = Object.freeze({
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
});

/** `\n`, `\t`, `\033`, `\x1b` as the characters that they mean; others as they are. */
export function unescapeAnsi(escaped: string): string {
  return escaped.replace(/\\(0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/g, (_whole, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ANSI[code] ?? (/[\\'"]/.test(code) ? code : `\\${code}`);
  });
}
