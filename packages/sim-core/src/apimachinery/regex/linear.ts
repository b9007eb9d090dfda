import { type CharacterSet, intersection, NO_CHARACTER, negate, union } from './character-set.ts';
import { EVERYTHING, NEWLINE, type Node } from './syntax.ts';

/** Repetitions up to which a bound counts as a constant. */
const SMALL = 10;
/** Most ways through the choices of a regex, so that they count as a constant. */
const MOST_WAYS = 32;

/** What may follow a part of a regex. */
interface Follow {
  /** Characters that may come next. */
  readonly set: CharacterSet;
  /** Nothing that follows can fail. */
  readonly free: boolean;
  /** The end of the text follows, and nothing behind it can fail. */
  readonly end: boolean;
}

/** What was found on the way through a regex; `undefined` instead: time may grow faster than the text. */
interface Found {
  /** A loop had several ways to end: what stands behind it is tried from many places. */
  readonly loose: boolean;
  /** Ways through the choices so far. */
  readonly ways: number;
}

const NOTHING: Follow = Object.freeze({ set: NO_CHARACTER, free: true, end: false });

/**
 * Whether an engine that goes back is certain to need time that grows with the text's length at most: loops repeat single
 * characters, and only one of them has several ways to end, unless what comes behind it cannot fail. `(.*)$` can fail only
 * where the text holds a line feed.
 */
export function isLinear(node: Node): { always: boolean; withoutNewline: boolean } {
  return { always: new Analysis(false).isLinear(node), withoutNewline: new Analysis(true).isLinear(node) };
}

/** Whether it can match at the beginning of the text only. */
export function isAnchored(node: Node): boolean {
  if (node.type === 'sequence') {
    const first = node.nodes.find((each) => each.type !== 'sequence' || each.nodes.length > 0);
    return first !== undefined && isAnchored(first);
  }
  if (node.type === 'choice') return node.nodes.every(isAnchored);
  if (node.type === 'group') return isAnchored(node.node);
  return node.type === 'assertion' && node.at === 'begin';
}

type Repeat = Extract<Node, { type: 'repeat' }>;

/** @see isLinear */
class Analysis {
  readonly #withoutNewline: boolean;

  constructor(withoutNewline: boolean) {
    this.#withoutNewline = withoutNewline;
  }

  isLinear(node: Node): boolean {
    const found = this.#walk(node, NOTHING, { loose: !isAnchored(node), ways: 1 });
    return found !== undefined && found.ways <= MOST_WAYS;
  }

  #walk(node: Node, follow: Follow, found: Found): Found | undefined {
    switch (node.type) {
      case 'sequence':
        return this.#walkSequence(node.nodes, follow, found);
      case 'choice':
        return this.#walkChoice(node.nodes, follow, found);
      case 'group':
        return this.#walk(node.node, follow, found);
      case 'repeat':
        return node.max > SMALL ? this.#walkLoop(node, follow, found) : this.#walkFew(node, follow, found);
      default:
        return found;
    }
  }

  #walkSequence(nodes: readonly Node[], follow: Follow, found: Found): Found | undefined {
    const follows: Follow[] = [follow];
    for (const node of nodes.slice(1).reverse()) follows.unshift(first(node, follows[0] as Follow));
    let now: Found | undefined = found;
    for (const [index, node] of nodes.entries()) now = now && this.#walk(node, follows[index] as Follow, now);
    return now;
  }

  #walkChoice(nodes: readonly Node[], follow: Follow, found: Found): Found | undefined {
    const all = nodes.map((node) => this.#walk(node, follow, found));
    if (all.some((each) => each === undefined)) return undefined;
    const ways = all.map((each) => (each?.ways ?? 1) / found.ways);
    const firsts = nodes.map((node) => first(node, follow).set);
    const isClear = firsts.every((set, i) => firsts.slice(i + 1).every((other) => !meet(set, other)));
    const more = isClear ? Math.max(...ways) : ways.reduce((sum, each) => sum + each, 0);
    return { loose: all.some((each) => each?.loose === true), ways: found.ways * more };
  }

  #walkLoop({ node }: Repeat, follow: Follow, found: Found): Found | undefined {
    if (node.type !== 'characters') return undefined;
    if (follow.free || (follow.end && this.#withoutNewline && isAnything(node.set))) return found;
    if (found.loose) return undefined;
    return { ...found, loose: meet(node.set, follow.set) };
  }

  /** Written out, a few repetitions are a sequence of optional parts. */
  #walkFew({ node, min, max }: Repeat, follow: Follow, found: Found): Found | undefined {
    if (max > 1 && hasLoop(node)) return undefined;
    const inner = this.#walk(node, { ...follow, free: false, end: false }, found);
    if (inner === undefined) return undefined;
    const each = inner.ways / found.ways;
    const ends = meet(first(node, follow).set, follow.set) ? max - min + 1 : 1;
    return { loose: inner.loose, ways: found.ways * each ** max * ends };
  }
}

function hasLoop(node: Node): boolean {
  if (node.type === 'sequence' || node.type === 'choice') return node.nodes.some(hasLoop);
  if (node.type === 'group') return hasLoop(node.node);
  return node.type === 'repeat' && (node.max > SMALL || hasLoop(node.node));
}

function meet(left: CharacterSet, right: CharacterSet): boolean {
  return intersection(left, right).length > 0;
}

/** What may come first where the node stands before `follow`. */
function first(node: Node, follow: Follow): Follow {
  switch (node.type) {
    case 'characters':
      return { set: node.set, free: false, end: false };
    case 'assertion':
      return firstOfAssertion(node.at, follow);
    case 'sequence':
      return node.nodes.reduceRight((after, each) => first(each, after), follow);
    case 'choice': {
      const all = node.nodes.map((each) => first(each, follow));
      return { set: union(all.map(({ set }) => set)), free: all.every(({ free }) => free), end: false };
    }
    case 'group':
      return first(node.node, follow);
    case 'repeat': {
      const { set } = first(node.node, follow);
      return node.min > 0
        ? { set, free: false, end: false }
        : { set: union([set, follow.set]), free: follow.free, end: false };
    }
  }
}

function firstOfAssertion(at: Extract<Node, { type: 'assertion' }>['at'], { free }: Follow): Follow {
  if (at === 'end') return { set: NO_CHARACTER, free: false, end: free };
  if (at === 'last') return { set: NEWLINE, free: false, end: free };
  return { set: at === 'line-end' ? NEWLINE : EVERYTHING, free: false, end: false };
}

/** But for line feeds. */
function isAnything(set: CharacterSet): boolean {
  return negate(union([set, NEWLINE])).length === 0;
}
