import { type FieldSet, type FieldSetBuilder, isEmpty, newFieldSet } from './field-set.ts';
import { compareElements, parseElement } from './path-element.ts';

/** `fieldsV1` of an entry of metadata.managedFields: every key a step, `.` the field itself. */
export interface FieldsV1 {
  readonly [element: string]: FieldsV1;
}

/** Deeper trees than any object can have are somebody's mistake or malice. */
const MAX_DEPTH = 200;

/** A set as fieldsV1 (structured-merge-diff/fieldpath/serialize.go). */
export function encodeFieldsV1(set: FieldSet): FieldsV1 {
  const elements = [...new Set([...set.members, ...set.children.keys()])].sort(compareElements);
  const entries = elements.flatMap((element): [string, FieldsV1][] => {
    const child = set.children.get(element);
    const below = child === undefined || isEmpty(child) ? undefined : encodeFieldsV1(child);
    if (!set.members.has(element)) return below === undefined ? [] : [[element, below]];
    return [[element, below === undefined ? {} : { '.': {}, ...below }]];
  });
  return Object.fromEntries(entries);
}

/** @throws Error when a key is no step of a path */
export function decodeFieldsV1(fields: unknown): FieldSet {
  const set = newFieldSet();
  decodeInto(set, fields, 0);
  return set;
}

/** Whether the fields say that they themselves, not only something below them, belong to the set. */
function decodeInto(set: FieldSetBuilder, fields: unknown, depth: number): boolean {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw new Error('fieldsV1 is no object');
  if (depth > MAX_DEPTH) throw new Error('fieldsV1 is too deep');
  const entries = Object.entries(fields as Record<string, unknown>);
  for (const [key, below] of entries) {
    if (key === '.') continue;
    const element = parseElement(key);
    const child = newFieldSet();
    if (decodeInto(child, below, depth + 1)) set.members.add(element);
    if (child.members.size > 0 || child.children.size > 0) set.children.set(element, child);
  }
  return entries.length === 0 || Object.hasOwn(fields, '.');
}
