import { compilePcre } from './pcre.ts';

/**
 * A text that a pattern fits, for a header that is to reach a canary: built piece by piece, then tried. Undefined where the
 * pattern does not compile, or is too wayward for that.
 */
export function sampleOfPattern(pattern: string): string | undefined {
  try {
    const sample = new Sampler(pattern).alternatives();
    return compilePcre(pattern).test(sample) ? sample : undefined;
  } catch {
    return undefined;
  }
}

/** What stands for a class of letters. */
const CLASSES: Readonly<Record<string, string>> = Object.freeze({ d: '1', w: 'a', s: ' ', D: 'a', W: '-', S: 'a' });

/** Reads a pattern from left to right and writes what it asks for: of alternatives the first, of repetitions the fewest. */
class Sampler {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  alternatives(): string {
    const first = this.#sequence();
    while (this.#take('|')) this.#sequence();
    return first;
  }

  #sequence(): string {
    let text = '';
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#peek())) text += this.#repeated(this.#atom());
    return text;
  }

  #atom(): string {
    const character = this.#next();
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'a';
    if (character === '\\') return this.#escape();
    if (character === '[') return this.#class();
    if (character !== '(') return character;
    if (this.#take('?')) while (/[:<=!PimsxU>]/.test(this.#peek())) this.#next();
    const group = this.alternatives();
    this.#take(')');
    return group;
  }

  #escape(): string {
    const character = this.#next();
    if (/[bBAzZ]/.test(character)) return '';
    return CLASSES[character] ?? character;
  }

  /** One letter that the class holds: tried, since classes have many forms. */
  #class(): string {
    const start = this.#at - 1;
    this.#take('^');
    this.#take(']');
    while (this.#at < this.#pattern.length && !this.#take(']')) if (this.#next() === '\\') this.#next();
    const regex = compilePcre(this.#pattern.slice(start, this.#at));
    return [...'a1A0-_./bz '].find((letter) => regex.test(letter)) ?? this.#pattern[start + 1] ?? '';
  }

  /** The fewest repetitions that are allowed. */
  #repeated(atom: string): string {
    if (this.#take('*')) return this.#lazy('');
    if (this.#take('?')) return this.#lazy('');
    if (this.#take('+')) return this.#lazy(atom);
    const count = /^\{(\d+)(,\d*)?\}/.exec(this.#pattern.slice(this.#at));
    if (count === null) return atom;
    this.#at += count[0].length;
    return this.#lazy(atom.repeat(Math.min(Number(count[1]), 100)));
  }

  #lazy(text: string): string {
    if (!this.#take('?')) this.#take('+');
    return text;
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? '';
  }

  #next(): string {
    return this.#pattern[this.#at++] ?? '';
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}
