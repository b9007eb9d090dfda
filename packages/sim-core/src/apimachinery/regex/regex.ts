import { type Parsed, parseRegex } from './parse.ts';
import { runProgram } from './pike.ts';
import { compileProgram, type Instruction } from './program.ts';
import { type Node, UnknownSyntax } from './syntax.ts';

/** A regex, ready to be used. A RegExp is one. */
export interface Regex {
  test(text: string): boolean;
  /** The match and its groups; null without match. */
  exec(text: string): readonly (string | undefined)[] | null;
}

/** Repetitions without bound that JavaScript's own engine is trusted with: time grows with their number as exponent. */
const MOST_LOOPS = 2;
/** Repetitions up to which a bound counts as one. */
const SMALL = 10;

/**
 * A regex that comes from a manifest, in JavaScript's syntax. A backtracking engine can be made to take ages (`(a+)+$`), so
 * one that could goes to a machine whose time grows with the text only. What looks around or back at groups only the
 * backtracking engine can do.
 *
 * @throws SyntaxError where it does not compile
 */
export function compileRegex(source: string, flags: '' | 'i'): Regex {
  const native = new RegExp(source, flags);
  const parsed = parsedOf(source, flags === 'i');
  return parsed === undefined || isQuick(parsed) ? native : new PikeRegex(parsed);
}

function parsedOf(source: string, ignoreCase: boolean): Parsed | undefined {
  try {
    return parseRegex(source, ignoreCase);
  } catch (error) {
    if (error instanceof UnknownSyntax) return undefined;
    throw error;
  }
}

function isQuick({ node }: Parsed): boolean {
  const { loops, nested } = loopsOf(node);
  return !nested && loops + (isAnchored(node) ? 0 : 1) <= MOST_LOOPS;
}

function isAnchored(node: Node): boolean {
  if (node.type === 'sequence') return node.nodes[0] !== undefined && isAnchored(node.nodes[0]);
  return node.type === 'assertion' && node.at === 'begin';
}

/** How many repetitions could go on for long, and whether one stands inside another. */
function loopsOf(node: Node): { loops: number; nested: boolean } {
  if (node.type === 'characters' || node.type === 'assertion') return { loops: 0, nested: false };
  if (node.type === 'sequence' || node.type === 'choice') {
    const all = node.nodes.map(loopsOf);
    return { loops: all.reduce((sum, { loops }) => sum + loops, 0), nested: all.some(({ nested }) => nested) };
  }
  const inner = loopsOf(node.node);
  if (node.type === 'group' || node.max <= SMALL) return inner;
  return { loops: inner.loops + 1, nested: inner.nested || inner.loops > 0 || node.node.type === 'group' };
}

class PikeRegex implements Regex {
  readonly #program: readonly Instruction[];
  readonly #groups: number;

  constructor({ node, groups }: Parsed) {
    this.#program = compileProgram(node);
    this.#groups = groups;
  }

  test(text: string): boolean {
    return runProgram(this.#program, this.#groups, text) !== undefined;
  }

  exec(text: string): (string | undefined)[] | null {
    const slots = runProgram(this.#program, this.#groups, text);
    if (slots === undefined) return null;
    return Array.from({ length: this.#groups + 1 }, (_, group) => {
      const [begin, end] = [slots[group * 2] as number, slots[group * 2 + 1] as number];
      return begin < 0 || end < 0 ? undefined : text.slice(begin, end);
    });
  }
}
