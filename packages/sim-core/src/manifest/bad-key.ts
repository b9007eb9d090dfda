import { SCALAR_STYLE } from 'js-yaml';
import type { Entry, Node } from './node-tree.ts';
import type { Finding } from './problem.ts';

/** Names both places of a key that stands twice in one mapping. `lineAt` gives the line in the file. */
export function describeDuplicate(root: Node, offset: number, lineAt: (offset: number) => number): Finding {
  const [first, second] = findDuplicate(root, offset) ?? [];
  const name = second === undefined ? '' : ` "${keyText(second)}"`;
  const lines = first === undefined ? '' : `: on line ${lineAt(first.key.start)} and here`;
  return {
    reason: 'DuplicateKey',
    message: `the key${name} stands twice in the same mapping${lines}`,
    offset: second?.key.start ?? offset,
    hint: 'Delete one of them, or begin a new list entry (-) for the second. kubectl would silently use the last one.',
  };
}

/** Names a key that JSON cannot have: nothing, null, a list or a mapping. */
export function describeUnsupportedKey(root: Node): Finding {
  return {
    reason: 'Syntax',
    message: 'a key must be a text; here it is empty, null, a list or a mapping',
    offset: findUnsupportedKey(root) ?? root.start,
    hint: 'If a { or [ belongs to a text, put the text in quotes.',
  };
}

function findUnsupportedKey(node: Node): number | undefined {
  if (node.kind === 'sequence') return firstDefined(node.items, findUnsupportedKey);
  if (node.kind !== 'mapping') return undefined;
  return firstDefined(node.entries, ({ key, value }) => {
    if (!isText(key)) return key.start >= 0 ? key.start : value.start >= 0 ? value.start : node.start;
    return findUnsupportedKey(value);
  });
}

function isText(key: Node): boolean {
  if (key.kind === 'alias') return key.target !== undefined && isText(key.target);
  if (key.kind !== 'scalar') return false;
  return key.style !== SCALAR_STYLE.PLAIN || !/^(?:~|null|Null|NULL)?$/.test(key.text());
}

function findDuplicate(node: Node, offset: number): readonly [Entry, Entry] | undefined {
  if (node.kind === 'sequence') return firstDefined(node.items, (item) => findDuplicate(item, offset));
  if (node.kind !== 'mapping') return undefined;
  const second = node.entries.find(({ key }) => key.start <= offset && offset < key.end);
  const first = second && node.entries.find((entry) => keyText(entry) === keyText(second));
  if (first !== undefined && second !== undefined && first !== second) return [first, second];
  return firstDefined(node.entries, ({ key, value }) => findDuplicate(key, offset) ?? findDuplicate(value, offset));
}

/** The text of a key; '' where it has none. */
export function keyText({ key }: Entry): string {
  return key.kind === 'scalar' ? key.text() : '';
}

/** Every entry whose key stood in its mapping before, in the order of the text. */
export function findDuplicates(node: Node): Entry[] {
  if (node.kind === 'sequence') return node.items.flatMap(findDuplicates);
  if (node.kind !== 'mapping') return [];
  const seen = new Set<string>();
  return node.entries.flatMap((entry) => {
    const key = keyText(entry);
    const own = seen.has(key) ? [entry] : [];
    seen.add(key);
    return [...own, ...findDuplicates(entry.value)];
  });
}

function firstDefined<From, To>(from: readonly From[], find: (item: From) => To | undefined): To | undefined {
  for (const item of from) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
