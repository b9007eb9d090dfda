import type { Slots } from './backtrack.ts';
import { holds } from './place.ts';
import type { Instruction } from './program.ts';

/** What a machine looks for next: places in the program, each at most once, the preferred first. */
class Threads {
  readonly places: number[] = [];
  readonly slots: Slots[] = [];
  readonly #seen: Uint32Array;
  #round = 0;

  constructor(size: number) {
    this.#seen = new Uint32Array(size);
  }

  clear(): void {
    this.places.length = 0;
    this.slots.length = 0;
    this.#round++;
  }

  /** False when the place was visited in this step. */
  visit(place: number): boolean {
    if (this.#seen[place] === this.#round) return false;
    this.#seen[place] = this.#round;
    return true;
  }
}

/**
 * For texts that are too long for backtrack.ts: finds the first match that a backtracking engine would prefer, in time that
 * grows with the length of the text only, and in little memory: all ways are followed at once (Pike's machine; Russ Cox, "Regular Expression Matching: the Virtual Machine Approach").
 *
 * @returns begin and end of the match and of each group, -1 for none; undefined without match
 */
export function runProgram(program: readonly Instruction[], groups: number, text: string): Slots | undefined {
  let current = new Threads(program.length);
  let next = new Threads(program.length);
  const none: Slots = Array<number>((groups + 1) * 2).fill(-1);
  let found: Slots | undefined;
  next.clear();
  current.clear();
  for (let at = 0; at <= text.length; at++) {
    if (found === undefined) follow(program, current, 0, with_(none, 0, at), text, at);
    if (found !== undefined && current.places.length === 0) break;
    next.clear();
    for (let i = 0; i < current.places.length; i++) {
      const instruction = program[current.places[i] as number] as Instruction;
      const slots = current.slots[i] as Slots;
      if (instruction.op === 'match') {
        found = with_(slots, 1, at);
        break;
      }
      if (at === text.length || instruction.table?.has(text.charCodeAt(at)) !== true) continue;
      follow(program, next, (current.places[i] as number) + 1, slots, text, at + 1);
    }
    [current, next] = [next, current];
  }
  return found;
}

/** Goes on until a character is asked for, or the end is reached. */
function follow(
  program: readonly Instruction[],
  threads: Threads,
  from: number,
  slots: Slots,
  text: string,
  at: number,
): void {
  const pending: [place: number, slots: Slots][] = [[from, slots]];
  for (let top = pending.pop(); top !== undefined; top = pending.pop()) {
    const [place, saved] = top;
    if (!threads.visit(place)) continue;
    const instruction = program[place] as Instruction;
    if (instruction.op === 'jump') pending.push([instruction.to, saved]);
    else if (instruction.op === 'split') pending.push([instruction.other, saved], [instruction.to, saved]);
    else if (instruction.op === 'save') pending.push([place + 1, with_(saved, instruction.slot, at)]);
    else if (instruction.op === 'assert') {
      if (holds(instruction.place, text, at)) pending.push([place + 1, saved]);
    } else {
      threads.places.push(place);
      threads.slots.push(saved);
    }
  }
}

function with_(slots: Slots, index: number, value: number): Slots {
  const copy = slots.slice();
  copy[index] = value;
  return copy;
}
