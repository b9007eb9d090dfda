import { type Token, tokenize } from './tokens.ts';

/** A piece of a script that can be run. */
export type Statement =
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly silent: boolean }
  | { readonly kind: 'loop'; readonly until: boolean; readonly condition: Script; readonly body: Script }
  | { readonly kind: 'for'; readonly variable: string; readonly words: readonly string[]; readonly body: Script }
  | { readonly kind: 'if'; readonly condition: Script; readonly then: Script; readonly otherwise: Script }
  | { readonly kind: 'group'; readonly body: Script };

/** When a statement runs: always, or only after success or failure of the one before. */
export interface Step {
  readonly when: 'always' | 'success' | 'failure';
  readonly statement: Statement;
}

export type Script = readonly Step[];

const CLOSERS: readonly string[] = Object.freeze(['do', 'done', 'then', 'else', 'elif', 'fi', '}']);

/** Reads the part of POSIX shell that manifests use: lists, loops, `if`, groups. Never fails: what it cannot read ends a list. */
export function parseScript(text: string): Script {
  return new Parser(tokenize(text)).list();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  list(): Script {
    const steps: Step[] = [];
    for (let when = this.#separator(); !this.#atEnd(); when = this.#separator()) {
      steps.push({ when, statement: this.#statement() });
    }
    return steps;
  }

  #statement(): Statement {
    const word = this.#word();
    if (word === undefined) return this.#group(')');
    switch (word) {
      case 'while':
      case 'until':
        return this.#loop();
      case 'for':
        return this.#for();
      case 'if':
        return this.#if();
      case '{':
        return this.#group('}');
      default:
        return this.#command();
    }
  }

  #loop(): Statement {
    const until = this.#take() === 'until';
    const condition = this.list();
    this.#skip('do');
    const body = this.list();
    this.#skip('done');
    return { kind: 'loop', until, condition, body };
  }

  #for(): Statement {
    this.#take();
    const variable = this.#take() ?? '';
    this.#skip('in');
    const words: string[] = [];
    while (this.#word() !== undefined) words.push(this.#take() as string);
    this.#separator();
    this.#skip('do');
    const body = this.list();
    this.#skip('done');
    return { kind: 'for', variable, words, body };
  }

  #if(): Statement {
    this.#take();
    const condition = this.list();
    this.#skip('then');
    const then = this.list();
    if (this.#word() === 'elif')
      return { kind: 'if', condition, then, otherwise: [{ when: 'always', statement: this.#if() }] };
    const otherwise = this.#word() === 'else' ? this.#else() : [];
    this.#skip('fi');
    return { kind: 'if', condition, then, otherwise };
  }

  #else(): Script {
    this.#take();
    return this.list();
  }

  #group(close: string): Statement {
    this.#at++;
    const body = this.list();
    const token = this.#tokens[this.#at];
    if (token !== undefined && ('word' in token ? token.word : token.operator) === close) this.#at++;
    return { kind: 'group', body };
  }

  /** A simple command. What it writes to a file is not shown; what it pipes on is shown as it is. */
  #command(): Statement {
    const words: string[] = [];
    let silent = false;
    for (;;) {
      while (this.#word() !== undefined) words.push(this.#take() as string);
      const operator = this.#operator();
      if (operator === '>' || operator === '>>' || operator === '<') silent = this.#redirect(operator, words) || silent;
      else if (operator === '|') this.#pipe();
      else return { kind: 'command', words, silent };
    }
  }

  /** Skips a redirection; true when it takes the standard output away: not for `<`, `2>` and `>&2`. */
  #redirect(operator: string, words: string[]): boolean {
    this.#at++;
    const descriptor = /^[012]$/.test(words.at(-1) ?? '') ? words.pop() : undefined;
    const toDescriptor = this.#operator() === '&';
    if (toDescriptor) this.#at++;
    this.#take();
    return operator !== '<' && descriptor !== '2' && !toDescriptor;
  }

  #pipe(): void {
    this.#at++;
    if (!this.#atEnd()) this.#statement();
  }

  #separator(): Step['when'] {
    let when: Step['when'] = 'always';
    for (
      let operator = this.#operator();
      operator !== undefined && operator !== '(' && operator !== ')';
      operator = this.#operator()
    ) {
      when = operator === '&&' ? 'success' : operator === '||' ? 'failure' : when;
      this.#at++;
    }
    return when;
  }

  #atEnd(): boolean {
    return this.#at >= this.#tokens.length || this.#operator() === ')' || CLOSERS.includes(this.#word() ?? '');
  }

  #skip(word: string): void {
    this.#separator();
    if (this.#word() === word) this.#at++;
  }

  #take(): string | undefined {
    const word = this.#word();
    if (word !== undefined) this.#at++;
    return word;
  }

  #word(): string | undefined {
    const token = this.#tokens[this.#at];
    return token !== undefined && 'word' in token ? token.word : undefined;
  }

  #operator(): string | undefined {
    const token = this.#tokens[this.#at];
    return token !== undefined && 'operator' in token ? token.operator : undefined;
  }
}
