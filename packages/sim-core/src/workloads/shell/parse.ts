import type { AndOr, Branch, CaseItem, Command, CommandBody, Pipeline, Script, Word } from './ast.ts';
import { Cursor, SyntaxFailure } from './cursor.ts';
import { type HereText, readRedirects } from './read-redirects.ts';
import { readSimpleCommand } from './read-simple-command.ts';
import { Tokens } from './tokens.ts';
import { WordReader } from './words.ts';

/** A text read as a script; `incomplete` lacks its end (an open quote, a loop without `done`). */
export type Parsed = { readonly script: Script } | { readonly incomplete: true } | { readonly unexpected: string };

/** Longer scripts are refused. */
const LONGEST_SCRIPT = 256 * 1024;

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
  readonly #tokens: Tokens;
  readonly #hereText: HereText;

  constructor(cursor: Cursor, parseText: (text: string) => Script) {
    this.#cursor = cursor;
    this.#tokens = new Tokens(cursor, new WordReader(cursor, () => this.#closed(')'), parseText));
    this.#hereText = (text) => new Parser(new Cursor(text), parseText).#tokens.words.readAll();
  }

  whole(): Script {
    const script = this.#list();
    if (!this.#cursor.done) throw new SyntaxFailure(this.#tokens.token());
    if (this.#cursor.owesHereDocument) throw new SyntaxFailure(undefined);
    return script;
  }

  #list(): Script {
    const script: AndOr[] = [];
    for (this.#cursor.skipLines(); !this.#tokens.atEnd(); this.#cursor.skipLines()) script.push(this.#andOr());
    return script;
  }

  /** A list that a closer must follow. */
  #closed(closer: string): Script {
    const script = this.#cursor.nested(() => this.#list());
    this.#tokens.expect(closer);
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
    const negated = this.#tokens.takeReserved('!');
    const commands = [this.#command()];
    for (this.#cursor.skipBlanks(); this.#tokens.takePipe(); this.#cursor.skipBlanks()) {
      this.#cursor.skipLines();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #command(): Command {
    this.#cursor.skipBlanks();
    const word = this.#tokens.reserved();
    if (word === undefined && !this.#cursor.sees('('))
      return this.#functionOr(() => readSimpleCommand(this.#tokens, this.#hereText));
    const command = this.#cursor.nested(() => this.#compound(word));
    return { ...command, redirects: readRedirects(this.#tokens, this.#hereText) };
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
    this.#tokens.takeReserved(word);
    return read();
  }

  #for(): CommandBody {
    const variable = this.#tokens.name();
    this.#cursor.skipLines();
    let words: Word[] | undefined;
    if (this.#tokens.takeReserved('in')) {
      words = [];
      for (let word = this.#tokens.word(); word !== undefined; word = this.#tokens.word()) words.push(word);
    }
    this.#cursor.take(';');
    this.#tokens.expect('do');
    return { kind: 'for', variable, words, body: this.#closed('done') };
  }

  #if(): CommandBody {
    const branches: Branch[] = [];
    do branches.push({ condition: this.#closed('then'), body: this.#cursor.nested(() => this.#list()) });
    while (this.#tokens.takeReserved('elif'));
    const otherwise = this.#tokens.takeReserved('else') ? this.#cursor.nested(() => this.#list()) : [];
    this.#tokens.expect('fi');
    return { kind: 'if', branches, otherwise };
  }

  #case(): CommandBody {
    const word = this.#tokens.word() ?? [];
    this.#cursor.skipLines();
    this.#tokens.expect('in');
    const items: CaseItem[] = [];
    for (this.#cursor.skipLines(); !this.#tokens.takeReserved('esac'); this.#cursor.skipLines())
      items.push(this.#caseItem());
    return { kind: 'case', word, items };
  }

  #caseItem(): CaseItem {
    this.#cursor.take('(');
    const patterns: Word[] = [];
    do {
      const pattern = this.#tokens.word();
      if (pattern === undefined) throw new SyntaxFailure(this.#tokens.token());
      patterns.push(pattern);
      this.#cursor.skipBlanks();
    } while (this.#tokens.takePipe());
    this.#tokens.expect(')');
    const body = this.#cursor.nested(() => this.#list());
    if (!this.#cursor.take(';;') && this.#tokens.reserved() !== 'esac') throw new SyntaxFailure(this.#tokens.token());
    return { patterns, body };
  }

  #function(): CommandBody {
    const name = this.#tokens.name();
    this.#cursor.skipBlanks();
    if (this.#cursor.take('(')) this.#tokens.expect(')');
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
}
