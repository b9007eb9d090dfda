import { compileGoRegexp } from '../regex/go-regexp.ts';
import type { Regex } from '../regex/regex.ts';

/** What matching may cost in one object: about a second. Texts of ordinary lengths cost nearly nothing. */
const BUDGET = 2e9;
const PER_CHARACTER = 1000;

/** Whether a text matches a pattern; a pattern that does not compile, or that would take too long, matches all. */
export type Matches = (pattern: string, text: string) => boolean;

/** The patterns of a schema, each compiled once. */
export class Patterns {
  readonly #compiled = new Map<string, Regex | undefined>();

  /** How the patterns are asked for one object. */
  forObject(): Matches {
    let left = BUDGET;
    return (pattern, text) => {
      const regex = this.#of(pattern);
      left -= text.length * (text.length + PER_CHARACTER);
      return regex === undefined || left < 0 || regex.test(text);
    };
  }

  #of(pattern: string): Regex | undefined {
    if (!this.#compiled.has(pattern)) this.#compiled.set(pattern, compiled(pattern));
    return this.#compiled.get(pattern);
  }
}

function compiled(pattern: string): Regex | undefined {
  try {
    return compileGoRegexp(pattern);
  } catch {
    return undefined;
  }
}
