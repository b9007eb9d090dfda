import type { Manifest, Path } from './document.ts';
import { formatFieldPath } from './field-path.ts';
import type { ObjectShape, Shape } from './field-shapes.ts';
import { isListShape, isObjectShape, KIND_SHAPES } from './field-shapes.ts';
import type { MappingNode, Node } from './node-tree.ts';
import type { Finding } from './problem.ts';

/** Quick test: an empty key with a comment behind it or on the next line. */
export const MAY_BE_UNFINISHED = /:[ \t]*(?:#|\r?\n[ \t]*#)/;

/**
 * Values that were left to be written: nothing stands at a key but a comment. That is an error where the field is
 * required, and worth a warning where the comment says TODO. `end` is where the document's text ends.
 */
export function findUnfinished(root: Node, manifest: Manifest, text: string): Finding[] {
  const shape = Object.hasOwn(KIND_SHAPES, manifest.kind) ? KIND_SHAPES[manifest.kind] : undefined;
  return shape === undefined ? [] : [...walk(root, shape, [], text, text.length)];
}

function* walk(node: Node, shape: Shape, path: Path, text: string, end: number): Generator<Finding> {
  if (node.kind === 'sequence' && isListShape(shape)) {
    for (const [index, item] of node.items.entries()) {
      yield* walk(item, shape.items, [...path, index], text, startOr(node.items[index + 1], end));
    }
  }
  if (node.kind !== 'mapping' || !isObjectShape(shape)) return;
  for (const [index, { key, value }] of node.entries.entries()) {
    const name = key.kind === 'scalar' ? key.text() : '';
    const next = startOr(node.entries[index + 1]?.key, end);
    const isEmpty = value.kind === 'scalar' && value.start < 0;
    const finding = isEmpty ? judge(node, shape, [...path, name], key, text.slice(key.end, next)) : undefined;
    if (finding !== undefined) yield finding;
    if (Object.hasOwn(shape.fields, name)) yield* walk(value, shape.fields[name] ?? 'any', [...path, name], text, next);
  }
}

function judge(parent: MappingNode, shape: ObjectShape, path: Path, key: Node, gap: string): Finding | undefined {
  const comment = /#[^\r\n]*/.exec(gap)?.[0].trim();
  if (comment === undefined) return undefined;
  const name = String(path.at(-1));
  const isRequired = shape.required.includes(name) && !(name === 'rules' && hasKey(parent, 'defaultBackend'));
  const isTodo = /\b(?:TODO|FIXME|XXX)\b/.test(gap);
  if (!isRequired && !isTodo) return undefined;
  return {
    severity: isRequired ? 'error' : 'warning',
    reason: 'Todo',
    message: `${formatFieldPath(path)} is empty: only a comment stands there ("${shorten(comment)}")`,
    offset: key.start,
    hint:
      name === 'rules'
        ? 'Write the rule there ("- host: …" with http.paths), with the host of the Ingress it belongs to.'
        : 'Write the value that the comment asks for, or delete the key.',
  };
}

function startOr(node: Node | undefined, end: number): number {
  return node === undefined || node.start < 0 ? end : node.start;
}

function hasKey(node: MappingNode, name: string): boolean {
  return node.entries.some(({ key }) => key.kind === 'scalar' && key.text() === name);
}

function shorten(comment: string): string {
  return comment.length > 80 ? `${comment.slice(0, 77)}…` : comment;
}
