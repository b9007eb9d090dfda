import type { ManifestLimits } from './document.ts';
import type { Node } from './node-tree.ts';
import type { Finding } from './problem.ts';

interface Weight {
  /** Aliases met when the value is written out, the nested ones included. */
  readonly expansions: number;
  /** Characters that writing out the aliases adds. */
  readonly added: number;
  readonly size: number;
  readonly depth: number;
}

/**
 * Weighs what the aliases of a document expand to, without expanding them, and refuses alias bombs and aliases that
 * hold themselves. Sharing keeps a bomb small in memory until something walks or prints it.
 */
export function checkAliases(root: Node, limits: ManifestLimits): Finding | undefined {
  const undefinedAlias = findBrokenAlias(root);
  if (undefinedAlias !== undefined) return undefinedAlias;
  const { expansions, added, depth } = weigh(root, new Map());
  if (expansions > limits.aliases) {
    return tooMany(`the aliases (*name) expand ${expansions} times; the limit is ${limits.aliases}`);
  }
  if (added > limits.fileBytes) return tooMany('written out, the aliases (*name) make the document too large');
  return depth > limits.depth ? tooDeep(limits.depth) : undefined;
}

/** Gives every alias its own copy, so that changing one part of an object changes no other. */
export function unshare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, unshare(child)]));
}

/** The document is nested deeper than the limit. */
export function tooDeep(limit: number, offset?: number): Finding {
  return {
    reason: 'TooDeep',
    message: `the document is nested deeper than ${limit} levels`,
    hint: 'No Kubernetes object needs that: check the brackets and the indentation.',
    ...(offset === undefined ? {} : { offset }),
  };
}

function weigh(node: Node, known: Map<Node, Weight>): Weight {
  const before = known.get(node);
  if (before !== undefined) return before;
  const weight = weighNew(node, known);
  known.set(node, weight);
  return weight;
}

function weighNew(node: Node, known: Map<Node, Weight>): Weight {
  if (node.kind === 'scalar') return { expansions: 0, added: 0, size: node.end - node.start, depth: 0 };
  if (node.kind === 'alias') {
    if (node.target === undefined) return { expansions: 1, added: 0, size: 0, depth: 0 };
    const target = weigh(node.target, known);
    return { ...target, expansions: target.expansions + 1, added: target.size + target.added };
  }
  const children = node.kind === 'sequence' ? node.items : node.entries.flatMap(({ key, value }) => [key, value]);
  let [expansions, added, size, depth] = [0, 0, 2, 0];
  for (const child of children) {
    const weight = weigh(child, known);
    expansions += weight.expansions;
    added += weight.added;
    if (child.kind !== 'alias') size += weight.size + 2;
    depth = Math.max(depth, weight.depth);
  }
  return { expansions, added, size, depth: depth + 1 };
}

function findBrokenAlias(node: Node): Finding | undefined {
  if (node.kind === 'alias' && node.target === undefined) {
    return {
      reason: 'Syntax',
      message: `the alias *${node.name} stands for nothing: no anchor &${node.name} is complete before it`,
      offset: node.start,
      hint: `Define it above with &${node.name}, or put the value in quotes if the * belongs to the text.`,
      kubectl: `error converting YAML to JSON: yaml: unknown anchor '${node.name}' referenced`,
    };
  }
  if (node.kind === 'sequence') return firstOf(node.items);
  if (node.kind === 'mapping') return firstOf(node.entries.flatMap(({ key, value }) => [key, value]));
  return undefined;
}

function firstOf(nodes: readonly Node[]): Finding | undefined {
  for (const node of nodes) {
    const found = findBrokenAlias(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tooMany(message: string): Finding {
  return {
    reason: 'TooManyAliases',
    message,
    hint: 'Write the values out where they are needed; Kubernetes stores no anchors anyway.',
  };
}
