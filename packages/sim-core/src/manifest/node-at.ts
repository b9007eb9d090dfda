import type { Path } from './document.ts';
import type { Entry, MappingNode, Node } from './node-tree.ts';
import { resolveAlias } from './node-tree.ts';

/** Where a path leads: the node, the key it stands at (none in a list), and how much of the path exists. */
export interface NodePlace {
  readonly node: Node;
  readonly key: Node | undefined;
  /** False when the node is only the nearest one above. */
  readonly isExact: boolean;
}

/**
 * Follows a path as far as it exists, through aliases and merge keys. Keys with dots are found also where the path has
 * cut them into pieces (`metadata.annotations.nginx.ingress.kubernetes.io/canary`).
 */
export function nodeAt(root: Node, path: Path): NodePlace {
  let place: NodePlace = { node: root, key: undefined, isExact: true };
  for (let at = 0; at < path.length; ) {
    const step = follow(resolveAlias(place.node), path, at);
    if (step === undefined) return { ...place, isExact: false };
    place = { node: step.node, key: step.key, isExact: true };
    at += step.segments;
  }
  return place;
}

interface Step {
  readonly node: Node;
  readonly key: Node | undefined;
  readonly segments: number;
}

function follow(node: Node, path: Path, at: number): Step | undefined {
  const segment = path[at];
  if (node.kind === 'sequence') {
    const item = typeof segment === 'number' ? node.items[segment] : undefined;
    return item === undefined ? undefined : { node: item, key: undefined, segments: 1 };
  }
  if (node.kind !== 'mapping') return undefined;
  for (let segments = 1; at + segments <= path.length; segments++) {
    const name = path.slice(at, at + segments).join('.');
    const entry = entryOf(node, name);
    if (entry !== undefined) return { node: entry.value, key: entry.key, segments };
  }
  return undefined;
}

/** The entry that decides a key: its own, or else one that `<<` merges in. */
function entryOf(node: MappingNode, name: string): Entry | undefined {
  const own = node.entries.find((entry) => keyText(entry) === name);
  if (own !== undefined) return own;
  for (const { value } of node.entries.filter((entry) => keyText(entry) === '<<')) {
    const merged = resolveAlias(value);
    for (const source of merged.kind === 'sequence' ? merged.items.map(resolveAlias) : [merged]) {
      const entry = source.kind === 'mapping' ? entryOf(source, name) : undefined;
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

function keyText({ key }: Entry): string | undefined {
  const scalar = resolveAlias(key);
  return scalar.kind === 'scalar' ? scalar.text() : undefined;
}
