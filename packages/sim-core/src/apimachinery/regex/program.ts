import { CharacterTable } from './character-set.ts';
import type { Assertion, Node } from './syntax.ts';

/** One step of a program for the machines in backtrack.ts and pike.ts. */
export type Operation = 'character' | 'assert' | 'save' | 'split' | 'jump' | 'match';

/** All steps have one shape: machines read them for every character. */
export class Instruction {
  readonly op: Operation;
  /** `character`: which ones. */
  table: CharacterTable | undefined = undefined;
  /** `assert`: the place. */
  place: Assertion = 'end';
  /** `save`: where the place in the text is noted. */
  slot = 0;
  /** `split`, `jump`: where it goes on; of a split the preferred way. */
  to = 0;
  /** `split`: the other way. */
  other = 0;

  constructor(op: Operation) {
    this.op = op;
  }
}

/** Longest program: what is repeated is written out. */
const LONGEST = 20_000;

/** Undefined for a regex whose repetitions make it too long. */
export function compileProgram(node: Node): readonly Instruction[] | undefined {
  const program = new Program();
  emit(node, program);
  program.add('match');
  return program.instructions.length > LONGEST ? undefined : program.instructions;
}

class Program {
  readonly instructions: Instruction[] = [];

  get length(): number {
    return this.instructions.length;
  }

  get isTooLong(): boolean {
    return this.instructions.length > LONGEST;
  }

  add(op: Operation): Instruction {
    const instruction = new Instruction(op);
    this.instructions.push(instruction);
    return instruction;
  }
}

function emit(node: Node, program: Program): void {
  if (program.isTooLong) return;
  switch (node.type) {
    case 'characters':
      program.add('character').table = new CharacterTable(node.set);
      return;
    case 'assertion':
      program.add('assert').place = node.at;
      return;
    case 'sequence':
      for (const each of node.nodes) emit(each, program);
      return;
    case 'choice':
      emitChoice(node.nodes, program);
      return;
    case 'group':
      emitGroup(node, program);
      return;
    case 'repeat':
      emitRepeat(node, program);
  }
}

function emitChoice(nodes: readonly Node[], program: Program): void {
  const ends: Instruction[] = [];
  for (const [index, node] of nodes.entries()) {
    const isLast = index === nodes.length - 1;
    const split = isLast ? undefined : program.add('split');
    if (split !== undefined) split.to = program.length;
    emit(node, program);
    if (split === undefined) continue;
    ends.push(program.add('jump'));
    split.other = program.length;
  }
  for (const end of ends) end.to = program.length;
}

function emitGroup({ node, capture }: { node: Node; capture: number | undefined }, program: Program): void {
  if (capture !== undefined) program.add('save').slot = capture * 2;
  emit(node, program);
  if (capture !== undefined) program.add('save').slot = capture * 2 + 1;
}

type Repeat = Extract<Node, { type: 'repeat' }>;

function emitRepeat({ node, min, max, greedy }: Repeat, program: Program): void {
  for (let i = 0; i < min && !program.isTooLong; i++) emit(node, program);
  if (max === Number.POSITIVE_INFINITY) {
    emitLoop(node, greedy, program);
    return;
  }
  const splits: [split: Instruction, into: number][] = [];
  for (let i = min; i < max && !program.isTooLong; i++) {
    splits.push([program.add('split'), program.length]);
    emit(node, program);
  }
  for (const [split, into] of splits) aim(split, into, program.length, greedy);
}

function emitLoop(node: Node, greedy: boolean, program: Program): void {
  const start = program.length;
  const split = program.add('split');
  emit(node, program);
  program.add('jump').to = start;
  aim(split, start + 1, program.length, greedy);
}

/** Greedy: into the repeated part first. */
function aim(split: Instruction, into: number, past: number, greedy: boolean): void {
  split.to = greedy ? into : past;
  split.other = greedy ? past : into;
}
