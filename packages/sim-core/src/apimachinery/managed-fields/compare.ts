import { deepEqual } from '../deep.ts';
import { type FieldSet, type FieldSetBuilder, insert, isEmpty, newFieldSet, recursiveDifference } from './field-set.ts';
import type { PathElement } from './path-element.ts';
import { isHollow, type Place, partsOf, placeAt, structureOf } from './structure.ts';

/** What became of the fields of an object (typed/comparison.go). */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

type Builders = { readonly [K in keyof Comparison]: FieldSetBuilder };

/** Compares two values of one place, part by part (typed/compare.go). What both share is not looked into. */
export function compare(place: Place, before: unknown, after: unknown): Comparison {
  const result = { added: newFieldSet(), modified: newFieldSet(), removed: newFieldSet() };
  walk(result, place, before, after, []);
  return result;
}

/** The comparison without fields that this kind of write never changes. */
export function excludeFields({ added, modified, removed }: Comparison, ignored: FieldSet): Comparison {
  return {
    added: recursiveDifference(added, ignored),
    modified: recursiveDifference(modified, ignored),
    removed: recursiveDifference(removed, ignored),
  };
}

/** Whether nothing changed. */
export function isSame({ added, modified, removed }: Comparison): boolean {
  return isEmpty(added) && isEmpty(modified) && isEmpty(removed);
}

function walk(result: Builders, place: Place, before: unknown, after: unknown, path: PathElement[]): void {
  if (before === after) return;
  const structure = sharedStructure(place, before, after);
  if (structure === 'leaf' || (isHollow(before) && isHollow(after))) return leaf(result, before, after, path);
  const [left, right] = [partsOf(place, structure, before), partsOf(place, structure, after)];
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    path.push(element);
    walk(result, placeAt(place, element), left.get(element), right.get(element), path);
    path.pop();
  }
  if (before === undefined) insert(result.added, path);
  else if (after === undefined) insert(result.removed, path);
}

/** What is absent or null takes the form of the other; of two forms that differ the whole is one leaf. */
function sharedStructure(place: Place, before: unknown, after: unknown): ReturnType<typeof structureOf> {
  const left = structureOf(place, before ?? after);
  return left === structureOf(place, after ?? before) ? left : 'leaf';
}

function leaf(result: Builders, before: unknown, after: unknown, path: PathElement[]): void {
  if (before === undefined) insert(result.added, path);
  else if (after === undefined) insert(result.removed, path);
  else if (!deepEqual(before, after)) insert(result.modified, path);
}
