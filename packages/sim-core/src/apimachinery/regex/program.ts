import type { CharacterSet, Node } from './syntax.ts';

/** One step of a program for the machine in pike.ts. */
export type Instruction =
  | { readonly op: 'character'; readonly matches: CharacterSet }
  | { readonly op: 'assert'; readonly at: 'begin' | 'end' | 'word' | 'no-word' }
  /** Notes where the text is now. */
  | { readonly op: 'save'; readonly slot: number }
  /** Goes on at both places; the first is preferred. */
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  | { readonly op: 'match' };

/** Longest program: what is repeated is written out. */
const LONGEST = 20_000;

/** @throws SyntaxError for a regex whose repetitions make it too long */
export function compileProgram(node: Node): Instruction[] {
  const program: Instruction[] = [];
  emit(node, program);
  program.push({ op: 'match' });
  return program;
}

function emit(node: Node, program: Instruction[]): void {
  if (program.length > LONGEST) throw new SyntaxError('regular expression is too large');
  switch (node.type) {
    case 'characters':
      program.push({ op: 'character', matches: node.matches });
      return;
    case 'assertion':
      program.push({ op: 'assert', at: node.at });
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

function emitChoice(nodes: readonly Node[], program: Instruction[]): void {
  const ends: { op: 'jump'; to: number }[] = [];
  for (const [index, node] of nodes.entries()) {
    const isLast = index === nodes.length - 1;
    const split: Instruction = { op: 'split', first: program.length + 1, second: 0 };
    if (!isLast) program.push(split);
    emit(node, program);
    if (isLast) continue;
    const end = { op: 'jump' as const, to: 0 };
    program.push(end);
    ends.push(end);
    split.second = program.length;
  }
  for (const end of ends) end.to = program.length;
}

function emitGroup({ node, capture }: { node: Node; capture: number | undefined }, program: Instruction[]): void {
  if (capture !== undefined) program.push({ op: 'save', slot: capture * 2 });
  emit(node, program);
  if (capture !== undefined) program.push({ op: 'save', slot: capture * 2 + 1 });
}

type Repeat = Extract<Node, { type: 'repeat' }>;

function emitRepeat({ node, min, max, greedy }: Repeat, program: Instruction[]): void {
  for (let i = 0; i < min; i++) emit(node, program);
  if (max === Number.POSITIVE_INFINITY) {
    emitLoop(node, greedy, program);
    return;
  }
  const splits: Extract<Instruction, { op: 'split' }>[] = [];
  for (let i = min; i < max; i++) {
    const split: Extract<Instruction, { op: 'split' }> = { op: 'split', first: 0, second: 0 };
    program.push(split);
    splits.push(split);
    aim(split, program.length, 0, greedy);
    emit(node, program);
  }
  for (const split of splits) aim(split, greedy ? split.first : split.second, program.length, greedy);
}

function emitLoop(node: Node, greedy: boolean, program: Instruction[]): void {
  const start = program.length;
  const split: Extract<Instruction, { op: 'split' }> = { op: 'split', first: 0, second: 0 };
  program.push(split);
  emit(node, program);
  program.push({ op: 'jump', to: start });
  aim(split, start + 1, program.length, greedy);
}

/** Greedy: into the repeated part first. */
function aim(split: Extract<Instruction, { op: 'split' }>, into: number, past: number, greedy: boolean): void {
  split.first = greedy ? into : past;
  split.second = greedy ? past : into;
}
