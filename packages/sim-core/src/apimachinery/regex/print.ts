import { type CharacterSet, negate, rangesOf } from './character-set.ts';
import type { Assertion, Node } from './syntax.ts';

const ASSERTIONS: Readonly<Record<Assertion, string>> = Object.freeze({
  begin: '^',
  end: '$',
  last: '(?=\\n?$)',
  'line-begin': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  word: '\\b',
  'no-word': '\\B',
});

/** The regex as JavaScript writes it, for a RegExp without flags. */
export function printRegex(node: Node): string {
  switch (node.type) {
    case 'characters':
      return printSet(node.set);
    case 'assertion':
      return ASSERTIONS[node.at];
    case 'sequence':
      return node.nodes.map((each) => (each.type === 'choice' ? `(?:${printRegex(each)})` : printRegex(each))).join('');
    case 'choice':
      return node.nodes.map(printRegex).join('|');
    case 'group':
      return `(${node.capture === undefined ? '?:' : ''}${printRegex(node.node)})`;
    case 'repeat':
      return `${printRegex(node.node)}${printTimes(node)}${node.greedy ? '' : '?'}`;
  }
}

function printTimes({ min, max }: Extract<Node, { type: 'repeat' }>): string {
  if (max === 1 && min === 0) return '?';
  if (max !== Number.POSITIVE_INFINITY) return min === max ? `{${min}}` : `{${min},${max}}`;
  return min > 1 ? `{${min},}` : min === 1 ? '+' : '*';
}

/** The shorter of a class and a negated one. */
function printSet(set: CharacterSet): string {
  if (set.length === 2 && set[0] === set[1]) return printCode(set[0] as number);
  const others = negate(set);
  return others.length < set.length ? `[^${printRanges(others)}]` : `[${printRanges(set)}]`;
}

function printRanges(set: CharacterSet): string {
  return rangesOf(set)
    .map(([low, high]) => (low === high ? printCode(low) : `${printCode(low)}-${printCode(high)}`))
    .join('');
}

function printCode(code: number): string {
  const character = String.fromCharCode(code);
  return /[A-Za-z0-9/]/.test(character) ? character : `\\u${code.toString(16).padStart(4, '0')}`;
}
