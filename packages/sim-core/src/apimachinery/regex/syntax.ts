import { type CharacterSet, negate, oneOf, union } from './character-set.ts';

/** A place in the text. `last` is the end, or before a line feed that ends the text. */
export type Assertion = 'begin' | 'end' | 'last' | 'line-begin' | 'line-end' | 'word' | 'no-word';

/** A regex taken apart. */
export type Node =
  | { readonly type: 'characters'; readonly set: CharacterSet }
  | { readonly type: 'assertion'; readonly at: Assertion }
  | { readonly type: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly type: 'choice'; readonly nodes: readonly Node[] }
  /** Undefined: it captures nothing. */
  | { readonly type: 'group'; readonly node: Node; readonly capture: number | undefined }
  | {
      readonly type: 'repeat';
      readonly node: Node;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };

/** What is wrong with a regex. */
export type Mistake =
  | 'class-name'
  | 'class-without-end'
  | 'escape'
  | 'escape-at-end'
  | 'group-head'
  | 'group-name'
  | 'group-name-twice'
  | 'group-without-begin'
  | 'group-without-end'
  | 'nothing-to-repeat'
  | 'range-order'
  | 'repeated-twice'
  | 'times-order'
  | 'too-large'
  | 'too-many-times';

/**
 * How one language writes regexes and means them. Mistakes are told in its own words.
 */
export interface Dialect {
  readonly name: 'javascript' | 'go' | 'pcre';
  /** What `.` stands for. */
  readonly any: CharacterSet;
  /** What `\s` stands for. */
  readonly space: CharacterSet;
  /** What `$` stands for. */
  readonly dollar: 'end' | 'last';
  /** Whether a repeated group keeps what an earlier round captured. */
  readonly keepsCaptures: boolean;
  /** Highest number in braces. */
  readonly mostTimes: number;
  /** @param begin, end the part of the source that is wrong; it was noticed at its end */
  mistake(kind: Mistake, source: string, begin: number, end: number): string;
}

/** Thrown for what only an engine that goes back can do: looking around, looking back at groups, giving nothing back. */
export class UnsupportedSyntax extends SyntaxError {
  /** What it is: `lookahead`, `backreference` … */
  readonly construct: string;

  constructor(construct: string) {
    super(`${construct} needs an engine that goes back`);
    this.construct = construct;
  }
}

export const DIGIT: CharacterSet = Object.freeze([0x30, 0x39]);
export const WORD: CharacterSet = Object.freeze(union([DIGIT, [0x41, 0x5a], [0x61, 0x7a], oneOf('_')]));
export const NEWLINE: CharacterSet = Object.freeze([0x0a, 0x0a]);
export const ANY_BUT_NEWLINE: CharacterSet = Object.freeze(negate(NEWLINE));
export const EVERYTHING: CharacterSet = Object.freeze([0, 0xffff]);

/** `\b` asks this of both sides. */
export function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || code === 0x5f
  );
}
