import type {
  AndOr,
  Assignment,
  Branch,
  CaseItem,
  Command,
  CommandBody,
  Part,
  Pipeline,
  Redirect,
  Script,
  Word,
} from './ast.ts';
import { Cursor, SyntaxFailure } from './cursor.ts';
import { WordReader } from './words.ts';

/** A text read as a script; `incomplete` lacks its end (an open quote, a loop without `done`). */
export type Parsed = { readonly script: Script } | { readonly incomplete: true } | { readonly unexpected: string };

/** Longer scripts are refused. */
const LONGEST_SCRIPT = 256 * 1024;
const RESERVED: readonly string[] = Object.freeze(
  'if then elif else fi for while until do done case esac in { } ! function'.split(' '),
);

/** Reads a POSIX shell script (2.10 Shell Grammar) with bash's `[[`, `&>` and `function`. Never throws. */
export function parseScript(text: string): Parsed {
  if (text.length > LONGEST_SCRIPT) return { unexpected: 'length' };
  try {
    return { script: parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    return error.unexpected === undefined ? { incomplete: true } : { unexpected: error.unexpected };
  }
}

/** @throws SyntaxFailure */
function parse(text: string, depth = 0): Script {
  if (depth > 8) throw new SyntaxFailure('nesting');
  const cursor = new Cursor(text);
  return new Parser(cursor, (inner) => parse(inner, depth + 1)).whole();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #words: WordReader;
  readonly #parseText: (text: string) => Script;

  constructor(cursor: Cursor, parseText: (text: string) => Script) {
    this.#cursor = cursor;
    this.#parseText = parseText;
    this.#words = new WordReader(cursor, () => this.#closed(')'), parseText);
  }

  /** The text of a here-document. */
  hereText(): Word {
    return this.#words.readAll();
  }

  whole(): Script {
    const script = this.#list();
    if (!this.#cursor.done) throw new SyntaxFailure(this.#token());
    if (this.#cursor.owesHereDocument) throw new SyntaxFailure(undefined);
    return script;
  }

  #list(): Script {
    const script: AndOr[] = [];
    for (this.#cursor.skipLines(); !this.#atEnd(); this.#cursor.skipLines()) script.push(this.#andOr());
    return script;
  }

  /** A list that a closer must follow. */
  #closed(closer: string): Script {
    const script = this.#cursor.nested(() => this.#list());
    this.#expect(closer);
    return script;
  }

  #andOr(): AndOr {
    const pipelines: AndOr['pipelines'][number][] = [{ when: 'always', pipeline: this.#pipeline() }];
    for (;;) {
      this.#cursor.skipBlanks();
      const when = this.#cursor.take('&&') ? 'success' : this.#cursor.take('||') ? 'failure' : undefined;
      if (when === undefined) break;
      this.#cursor.skipLines();
      pipelines.push({ when, pipeline: this.#pipeline() });
    }
    const background = this.#cursor.take('&');
    if (!background && this.#cursor.character === ';' && !this.#cursor.sees(';;')) this.#cursor.at++;
    return { pipelines, background };
  }

  #pipeline(): Pipeline {
    const negated = this.#takeReserved('!');
    const commands = [this.#command()];
    for (this.#cursor.skipBlanks(); this.#takePipe(); this.#cursor.skipBlanks()) {
      this.#cursor.skipLines();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #takePipe(): boolean {
    return !this.#cursor.sees('||') && this.#cursor.take('|');
  }

  #command(): Command {
    this.#cursor.skipBlanks();
    const word = this.#reserved();
    if (word === undefined && !this.#cursor.sees('(')) return this.#functionOr(() => this.#simple());
    const command = this.#cursor.nested(() => this.#compound(word));
    return { ...command, redirects: this.#redirects() };
  }

  #compound(word: string | undefined): CommandBody {
    if (word === undefined) {
      this.#cursor.at++;
      return { kind: 'subshell', body: this.#closed(')') };
    }
    const readers: Readonly<Record<string, () => CommandBody>> = {
      '{': () => ({ kind: 'group', body: this.#closed('}') }),
      while: () => ({ kind: 'loop', until: false, condition: this.#closed('do'), body: this.#closed('done') }),
      until: () => ({ kind: 'loop', until: true, condition: this.#closed('do'), body: this.#closed('done') }),
      for: () => this.#for(),
      if: () => this.#if(),
      case: () => this.#case(),
      function: () => this.#function(),
    };
    const read = readers[word];
    if (read === undefined) throw new SyntaxFailure(word);
    this.#takeReserved(word);
    return read();
  }

  #for(): CommandBody {
    const variable = this.#name();
    this.#cursor.skipLines();
    let words: Word[] | undefined;
    if (this.#takeReserved('in')) {
      words = [];
      for (let word = this.#word(); word !== undefined; word = this.#word()) words.push(word);
    }
    this.#cursor.take(';');
    this.#expect('do');
    return { kind: 'for', variable, words, body: this.#closed('done') };
  }

  #if(): CommandBody {
    const branches: Branch[] = [];
    do branches.push({ condition: this.#closed('then'), body: this.#cursor.nested(() => this.#list()) });
    while (this.#takeReserved('elif'));
    const otherwise = this.#takeReserved('else') ? this.#cursor.nested(() => this.#list()) : [];
    this.#expect('fi');
    return { kind: 'if', branches, otherwise };
  }

  #case(): CommandBody {
    const word = this.#word() ?? [];
    this.#cursor.skipLines();
    this.#expect('in');
    const items: CaseItem[] = [];
    for (this.#cursor.skipLines(); !this.#takeReserved('esac'); this.#cursor.skipLines()) items.push(this.#caseItem());
    return { kind: 'case', word, items };
  }

  #caseItem(): CaseItem {
    this.#cursor.take('(');
    const patterns: Word[] = [];
    do {
      const pattern = this.#word();
      if (pattern === undefined) throw new SyntaxFailure(this.#token());
      patterns.push(pattern);
      this.#cursor.skipBlanks();
    } while (this.#takePipe());
    this.#expect(')');
    const body = this.#cursor.nested(() => this.#list());
    if (!this.#cursor.take(';;') && this.#reserved() !== 'esac') throw new SyntaxFailure(this.#token());
    return { patterns, body };
  }

  #function(): CommandBody {
    const name = this.#name();
    this.#cursor.skipBlanks();
    if (this.#cursor.take('(')) this.#expect(')');
    return this.#functionBody(name);
  }

  /** `name() body`, else what `otherwise` reads. */
  #functionOr(otherwise: () => Command): Command {
    const [head, name] =
      /^([\w-]+)[ \t]*\([ \t]*\)/.exec(this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 128)) ?? [];
    if (head === undefined) return otherwise();
    this.#cursor.at += head.length;
    return { ...this.#functionBody(name as string), redirects: [] };
  }

  #functionBody(name: string): CommandBody {
    this.#cursor.skipLines();
    return { kind: 'function', name, body: this.#cursor.nested(() => this.#command()) };
  }

  #simple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      const redirect = this.#redirect();
      if (redirect !== undefined) redirects.push(redirect);
      const word = redirect === undefined ? this.#word() : undefined;
      if (redirect === undefined && word === undefined) break;
      if (word === undefined) continue;
      const assignment = words.length === 0 ? assignmentOf(word) : undefined;
      if (assignment !== undefined) assignments.push(assignment);
      else words.push(word);
      if (words.length === 1 && bareText(word) === '[[') this.#test(words);
    }
    if (words.length + assignments.length + redirects.length === 0) throw new SyntaxFailure(this.#token());
    return { kind: 'simple', assignments, words, redirects };
  }

  /** The words of `[[ … ]]`, in which operators are no operators. */
  #test(words: Word[]): void {
    for (;;) {
      this.#cursor.skipLines();
      const [operator] = /^(&&|\|\||[()<>])/.exec(this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 2)) ?? [];
      if (operator !== undefined) this.#cursor.at += operator.length;
      const word =
        operator === undefined ? this.#words.read() : [{ kind: 'text', text: operator, quoted: false } as Part];
      if (word === undefined) throw new SyntaxFailure(this.#token());
      words.push(word);
      if (bareText(word) === ']]') return;
    }
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (let next = this.#redirect(); next !== undefined; next = this.#redirect()) redirects.push(next);
    return redirects;
  }

  #redirect(): Redirect | undefined {
    this.#cursor.skipBlanks();
    const ahead = this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 16);
    const [whole, digits, sign] = /^(\d*)(<<-|<<<|<<|<&|>&|>>|&>|>\||<|>)/.exec(ahead) ?? [];
    if (whole === undefined || sign === undefined) return undefined;
    this.#cursor.at += whole.length;
    const descriptor = digits ? Number(digits) : sign.startsWith('<') ? 0 : 1;
    const target = this.#word();
    if (target === undefined) throw new SyntaxFailure(this.#token());
    if (sign === '<<' || sign === '<<-') return this.#hereDocument(target, sign === '<<-');
    if (sign === '<<<') return { descriptor, operator: '<<', target: [...target, NEW_LINE] };
    return { descriptor, operator: (sign === '>|' ? '>' : sign) as Redirect['operator'], target };
  }

  #hereDocument(delimiter: Word, stripTabs: boolean): Redirect {
    const isQuoted = delimiter.some((part) => part.kind !== 'text' || part.quoted);
    const target: Part[] = [];
    this.#cursor.expectHereDocument({
      delimiter: delimiter.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
      stripTabs,
      take: (text) =>
        target.push(...(isQuoted ? [{ kind: 'text', text, quoted: true } as Part] : this.#parseHere(text))),
    });
    return { descriptor: 0, operator: '<<', target };
  }

  #parseHere(text: string): Word {
    return new Parser(new Cursor(text), this.#parseText).hereText();
  }

  #word(): Word | undefined {
    this.#cursor.skipBlanks();
    return this.#cursor.nested(() => this.#words.read());
  }

  #name(): string {
    const name = bareText(this.#word() ?? []);
    if (name === undefined || !/^[\w-]+$/.test(name)) throw new SyntaxFailure(name ?? this.#token());
    return name;
  }

  /** The reserved word that stands here. */
  #reserved(): string | undefined {
    this.#cursor.skipBlanks();
    const [word] =
      /^(?:[a-z]+|[{}!])(?=[\s;&|()<>]|$)/.exec(this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 16)) ?? [];
    return word !== undefined && RESERVED.includes(word) && word !== 'in' ? word : undefined;
  }

  #takeReserved(word: string): boolean {
    this.#cursor.skipBlanks();
    const after = this.#cursor.text[this.#cursor.at + word.length] ?? ' ';
    return /[\s;&|()<>]/.test(after) && this.#cursor.take(word);
  }

  #expect(closer: string): void {
    this.#cursor.skipLines();
    const isThere = closer === ')' ? this.#cursor.take(')') : this.#takeReserved(closer);
    if (!isThere) throw new SyntaxFailure(this.#cursor.done ? undefined : this.#token());
  }

  #atEnd(): boolean {
    if (this.#cursor.done || this.#cursor.sees(')') || this.#cursor.sees(';;')) return true;
    const word = this.#reserved();
    return word !== undefined && /^(then|elif|else|fi|do|done|esac|\})$/.test(word);
  }

  /** What stands here, for a message; undefined at the end. */
  #token(): string | undefined {
    if (this.#cursor.done) return undefined;
    const [token] =
      /^(&&|\|\||;;|\n|[;&|()<>]|[^\s;&|()<>]+)/.exec(this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 64)) ??
      [];
    return token === '\n' ? 'newline' : (token ?? this.#cursor.character);
  }
}

const NEW_LINE: Part = Object.freeze({ kind: 'text', text: '\n', quoted: true });

/** The text of a word that has neither quotes nor expansions. */
function bareText(word: Word): string | undefined {
  const [part] = word;
  return word.length === 1 && part?.kind === 'text' && !part.quoted ? part.text : undefined;
}

function assignmentOf(word: Word): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const [head, name] = /^([A-Za-z_]\w*)=/.exec(first.text) ?? [];
  if (head === undefined) return undefined;
  const value = first.text.slice(head.length);
  return { name: name as string, value: [...(value === '' ? [] : [{ ...first, text: value }]), ...rest] };
}
