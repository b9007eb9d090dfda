import type { Word } from './ast.ts';
import { type Cursor, SyntaxFailure } from './cursor.ts';
import type { WordReader } from './words.ts';

const RESERVED: readonly string[] = Object.freeze(
  'if then elif else fi for while until do done case esac in { } ! function'.split(' '),
);

/** What a script is made of, token by token (POSIX shell, 2.10.1). */
export class Tokens {
  readonly cursor: Cursor;
  readonly words: WordReader;

  constructor(cursor: Cursor, words: WordReader) {
    this.cursor = cursor;
    this.words = words;
  }

  /** `|`, but not `||`. */
  takePipe(): boolean {
    return !this.cursor.sees('||') && this.cursor.take('|');
  }

  /** The word that stands here, if one does. */
  word(): Word | undefined {
    this.cursor.skipBlanks();
    return this.cursor.nested(() => this.words.read());
  }

  /** A word that is a name: a variable's, a function's. */
  name(): string {
    const name = bareText(this.word() ?? []);
    if (name === undefined || !/^[\w-]+$/.test(name)) throw new SyntaxFailure(name ?? this.token());
    return name;
  }

  /** The reserved word that stands here. */
  reserved(): string | undefined {
    this.cursor.skipBlanks();
    const [word] =
      /^(?:[a-z]+|[{}!])(?=[\s;&|()<>]|$)/.exec(this.cursor.text.slice(this.cursor.at, this.cursor.at + 16)) ?? [];
    return word !== undefined && RESERVED.includes(word) && word !== 'in' ? word : undefined;
  }

  /** Passes a reserved word, if it stands here. */
  takeReserved(word: string): boolean {
    this.cursor.skipBlanks();
    const after = this.cursor.text[this.cursor.at + word.length] ?? ' ';
    return /[\s;&|()<>]/.test(after) && this.cursor.take(word);
  }

  /** Passes what must stand here. */
  expect(closer: string): void {
    this.cursor.skipLines();
    const isThere = closer === ')' ? this.cursor.take(')') : this.takeReserved(closer);
    if (!isThere) throw new SyntaxFailure(this.cursor.done ? undefined : this.token());
  }

  /** Whether a list ends here. */
  atEnd(): boolean {
    if (this.cursor.done || this.cursor.sees(')') || this.cursor.sees(';;')) return true;
    const word = this.reserved();
    return word !== undefined && /^(then|elif|else|fi|do|done|esac|\})$/.test(word);
  }

  /** What stands here, for a message; undefined at the end. */
  token(): string | undefined {
    if (this.cursor.done) return undefined;
    const [token] =
      /^(&&|\|\||;;|\n|[;&|()<>]|[^\s;&|()<>]+)/.exec(this.cursor.text.slice(this.cursor.at, this.cursor.at + 64)) ??
      [];
    return token === '\n' ? 'newline' : (token ?? this.cursor.character);
  }
}

/** The text of a word that has neither quotes nor expansions. */
export function bareText(word: Word): string | undefined {
  const [part] = word;
  return word.length === 1 && part?.kind === 'text' && !part.quoted ? part.text : undefined;
}
