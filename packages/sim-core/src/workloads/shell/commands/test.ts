import { resolvePath } from '../../files/path.ts';
import { matchesGlob } from '../glob.ts';
import type { Process } from '../process.ts';
import { regexOf } from './posix-regex.ts';

/** `test`, `[` and bash's `[[`: 0 true, 1 false, 2 for an expression that is none (POSIX, test). */
export function test(process: Process): number {
  const name = process.name.slice(process.name.lastIndexOf('/') + 1);
  const close = name === '[' ? ']' : name === '[[' ? ']]' : undefined;
  const words = [...process.args];
  if (close !== undefined && words.pop() !== close) {
    process.stderr.write(`${process.machine.tools.userland === 'busybox' ? 'sh: ' : ''}[: missing ${close}\n`);
    return 2;
  }
  const reader = new TestReader(words, process, name === '[[');
  return reader.whole() ? 0 : reader.wrong ? 2 : 1;
}

class TestReader {
  readonly #words: readonly string[];
  readonly #process: Process;
  readonly #patterns: boolean;
  #at = 0;
  #depth = 0;
  wrong = false;

  constructor(words: readonly string[], process: Process, patterns: boolean) {
    this.#words = words;
    this.#process = process;
    this.#patterns = patterns;
  }

  whole(): boolean {
    if (this.#words.length === 0) return false;
    const value = this.#or();
    if (this.#at < this.#words.length) this.#complain(`${this.#words[this.#at]}: unknown operand`);
    return value && !this.wrong;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take('-o') || this.#take('||')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#take('-a') || this.#take('&&')) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    if (++this.#depth > 100) return false;
    const value =
      this.#words[this.#at] === '!' && this.#at + 1 < this.#words.length ? this.#negated() : this.#primary();
    this.#depth--;
    return value;
  }

  #negated(): boolean {
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const [first = '', second = '', third] = this.#words.slice(this.#at, this.#at + 3);
    if (third !== undefined && BINARY.includes(second)) {
      this.#at += 3;
      return this.#compare(first, second, third);
    }
    if (first === '(') {
      this.#at++;
      const value = this.#or();
      this.#take(')');
      return value;
    }
    if (/^-[a-zA-Z]$/.test(first) && this.#at + 1 < this.#words.length) {
      this.#at += 2;
      return this.#unary(first, second);
    }
    this.#at++;
    return first !== '';
  }

  #unary(operator: string, value: string): boolean {
    const { files } = this.#process.machine;
    if (operator === '-n') return value !== '';
    if (operator === '-z') return value === '';
    if (operator === '-t') return this.#process.terminal !== undefined;
    const entry = files.stat(resolvePath(this.#process.cwd, value));
    if (operator === '-d') return entry?.kind === 'directory';
    if (operator === '-f') return entry?.kind === 'file';
    if (operator === '-s')
      return (
        entry?.kind === 'directory' || (entry !== undefined && files.read(resolvePath(this.#process.cwd, value)) !== '')
      );
    return /^-[erwxLhSpbcguk]$/.test(operator) && entry !== undefined;
  }

  #compare(a: string, operator: string, b: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        return this.#patterns ? matchesGlob(b, a) : a === b;
      case '!=':
        return this.#patterns ? !matchesGlob(b, a) : a !== b;
      case '=~':
        return regexOf(b, true, '').test(a);
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '-nt':
      case '-ot':
        return false;
      default:
        return this.#compareNumbers(a, operator, b);
    }
  }

  #compareNumbers(a: string, operator: string, b: string): boolean {
    const wrong = [a, b].find((each) => !/^\s*[-+]?\d+\s*$/.test(each));
    if (wrong !== undefined)
      return this.#complain(
        this.#process.machine.tools.userland === 'busybox' ? `${wrong}: bad number` : `Illegal number: ${wrong}`,
      );
    const [x, y] = [Number(a), Number(b)];
    const outcomes: Readonly<Record<string, boolean>> = {
      '-eq': x === y,
      '-ne': x !== y,
      '-lt': x < y,
      '-le': x <= y,
      '-gt': x > y,
      '-ge': x >= y,
    };
    return outcomes[operator] === true;
  }

  #complain(message: string): boolean {
    this.wrong = true;
    this.#process.stderr.write(`sh: ${message}\n`);
    return false;
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }
}

const BINARY: readonly string[] = Object.freeze([
  '=',
  '==',
  '!=',
  '=~',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
]);
