import { CharacterTable } from './character-set.ts';
import { holds } from './place.ts';
import type { Instruction, Operation } from './program.ts';
import type { Assertion } from './syntax.ts';

/** Begin and end of the match and of each group, -1 for none. */
export type Slots = readonly number[];

/** Most pairs of program step and place in the text that are remembered. */
const MOST_PAIRS = 1 << 22;

/** Whether a text is short enough for {@link Backtracker}. */
export function isShortEnough(program: readonly Instruction[], text: string): boolean {
  return program.length * (text.length + 1) <= MOST_PAIRS;
}

const CODES: Readonly<Record<Operation, number>> = Object.freeze({
  character: 0,
  split: 1,
  jump: 2,
  save: 3,
  assert: 4,
  match: 5,
});

/**
 * Goes back like any backtracking engine, but never twice to the same step at the same place: what failed once fails again.
 * So time grows with the length of the text only (RE2's bitstate.cc works so). The program lies in arrays of numbers, because
 * this runs for every character of every path.
 */
export class Backtracker {
  readonly #codes: Uint8Array;
  /** Where a step goes on, or the slot that it writes. */
  readonly #to: Int32Array;
  readonly #other: Int32Array;
  readonly #tables: readonly CharacterTable[];
  readonly #places: readonly Assertion[];
  readonly #anchored: boolean;
  readonly #slots: number[];
  /** What is left to try, in pairs: step and place in the text; a step below 0 puts a slot back. */
  readonly #left: number[] = [];
  #visited = new Uint32Array(64);

  constructor(program: readonly Instruction[], groups: number, anchored: boolean) {
    const none = new CharacterTable([]);
    this.#codes = Uint8Array.from(program, ({ op }) => CODES[op]);
    this.#to = Int32Array.from(program, ({ op, slot, to }) => (op === 'save' ? slot : to));
    this.#other = Int32Array.from(program, ({ other }) => other);
    this.#tables = program.map(({ table }) => table ?? none);
    this.#places = program.map(({ place }) => place);
    this.#anchored = anchored;
    this.#slots = Array<number>((groups + 1) * 2).fill(-1);
  }

  /** The first match, undefined without one; what is returned is good until the next call. */
  run(text: string): Slots | undefined {
    const words = ((this.#codes.length * (text.length + 1)) >>> 5) + 1;
    if (this.#visited.length < words) this.#visited = new Uint32Array(words);
    else this.#visited.fill(0, 0, words);
    const last = this.#anchored ? 0 : text.length;
    for (let begin = 0; begin <= last; begin++) {
      if (!this.#runFrom(text, begin)) continue;
      this.#slots[0] = begin;
      return this.#slots;
    }
    return undefined;
  }

  #runFrom(text: string, begin: number): boolean {
    const left = this.#left;
    this.#slots.fill(-1);
    left.length = 0;
    left.push(0, begin);
    while (left.length > 0) {
      const place = left.pop() as number;
      const step = left.pop() as number;
      if (step < 0) this.#slots[-step - 1] = place;
      else if (this.#follow(text, step, place)) return true;
    }
    return false;
  }

  /** One way, up to its end. */
  #follow(text: string, from: number, start: number): boolean {
    const width = text.length + 1;
    const visited = this.#visited;
    let step = from;
    let at = start;
    for (;;) {
      const pair = step * width + at;
      const bit = 1 << (pair & 31);
      const word = visited[pair >>> 5] as number;
      if ((word & bit) !== 0) return false;
      visited[pair >>> 5] = word | bit;
      switch (this.#codes[step]) {
        case 0:
          if (at >= text.length || !(this.#tables[step] as CharacterTable).has(text.charCodeAt(at))) return false;
          at++;
          step++;
          break;
        case 1:
          this.#left.push(this.#other[step] as number, at);
          step = this.#to[step] as number;
          break;
        case 2:
          step = this.#to[step] as number;
          break;
        case 3: {
          const slot = this.#to[step] as number;
          this.#left.push(-slot - 1, this.#slots[slot] as number);
          this.#slots[slot] = at;
          step++;
          break;
        }
        case 4:
          if (!holds(this.#places[step] as Assertion, text, at)) return false;
          step++;
          break;
        default:
          this.#slots[1] = at;
          return true;
      }
    }
  }
}
