import { Backtracker, isShortEnough, type Slots } from './backtrack.ts';
import { JAVASCRIPT } from './dialects.ts';
import { isAnchored, isLinear } from './linear.ts';
import { type Parsed, parseRegex } from './parse.ts';
import { runProgram } from './pike.ts';
import { printRegex } from './print.ts';
import { compileProgram, type Instruction } from './program.ts';
import { type Dialect, type Node, UnsupportedSyntax } from './syntax.ts';

/** A regex, ready to be used. A RegExp is one. */
export interface Regex {
  test(text: string): boolean;
  /** The match and its groups; null without match. */
  exec(text: string): readonly (string | undefined)[] | null;
}

/**
 * A regex that somebody else wrote, in time that grows with the text's length only. JavaScript's own engine is the fastest,
 * and takes those for which it is certain to be linear; the others go to a machine that never does anything twice.
 *
 * @throws UnsupportedSyntax for what only an engine that goes back can do; SyntaxError, in the dialect's words, for what is no regex
 */
export function compileIn(dialect: Dialect, source: string, ignoreCase = false): Regex {
  const parsed = parseRegex(source, dialect, ignoreCase);
  const machine = machineOf(parsed);
  if (machine === undefined) throw new SyntaxError(dialect.mistake('too-large', source, 0, source.length));
  const { always, withoutNewline } = isLinear(parsed.node);
  if (!withoutNewline || (dialect.keepsCaptures && repeatsCapture(parsed.node, false))) return machine;
  const native = new RegExp(printRegex(parsed.node));
  return always ? native : new NativeWithoutNewline(native, machine);
}

/**
 * A regex in JavaScript's own syntax. What looks around or back at groups runs on its own engine whatever time that takes.
 * @throws SyntaxError where it does not compile
 */
export function compileRegex(source: string, flags: '' | 'i'): Regex {
  const native = new RegExp(source, flags);
  try {
    return compileIn(JAVASCRIPT, source, flags === 'i');
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return native;
    throw error;
  }
}

function repeatsCapture(node: Node, repeated: boolean): boolean {
  if (node.type === 'sequence' || node.type === 'choice')
    return node.nodes.some((each) => repeatsCapture(each, repeated));
  if (node.type === 'group') return (repeated && node.capture !== undefined) || repeatsCapture(node.node, repeated);
  return node.type === 'repeat' && repeatsCapture(node.node, node.max > 1);
}

function machineOf({ node, groups }: Parsed): Regex | undefined {
  const program = compileProgram(node);
  return program && new Machine(program, groups, isAnchored(node));
}

/** JavaScript's own engine for texts without line feed: nearly all. */
class NativeWithoutNewline implements Regex {
  readonly #native: RegExp;
  readonly #machine: Regex;

  constructor(native: RegExp, machine: Regex) {
    this.#native = native;
    this.#machine = machine;
  }

  test(text: string): boolean {
    return text.includes('\n') ? this.#machine.test(text) : this.#native.test(text);
  }

  exec(text: string): readonly (string | undefined)[] | null {
    return text.includes('\n') ? this.#machine.exec(text) : this.#native.exec(text);
  }
}

class Machine implements Regex {
  readonly #program: readonly Instruction[];
  readonly #groups: number;
  readonly #backtracker: Backtracker;

  constructor(program: readonly Instruction[], groups: number, anchored: boolean) {
    this.#program = program;
    this.#groups = groups;
    this.#backtracker = new Backtracker(program, groups, anchored);
  }

  test(text: string): boolean {
    return this.#run(text) !== undefined;
  }

  exec(text: string): (string | undefined)[] | null {
    const slots = this.#run(text);
    if (slots === undefined) return null;
    return Array.from({ length: this.#groups + 1 }, (_, group) => {
      const [begin, end] = [slots[group * 2] as number, slots[group * 2 + 1] as number];
      return begin < 0 || end < 0 ? undefined : text.slice(begin, end);
    });
  }

  #run(text: string): Slots | undefined {
    if (isShortEnough(this.#program, text)) return this.#backtracker.run(text);
    return runProgram(this.#program, this.#groups, text);
  }
}
