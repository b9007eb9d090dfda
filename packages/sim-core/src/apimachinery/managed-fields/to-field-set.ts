import { isObject } from '../patch/json-object.ts';
import { type FieldSet, type FieldSetBuilder, insert, newFieldSet } from './field-set.ts';
import type { PathElement } from './path-element.ts';
import { isNamedField, type Place, partsOf, placeAt, structureOf } from './structure.ts';

/**
 * Every field that a value names (typed/tofieldset.go): leaves, items of lists, keys of maps, and members that are
 * null or empty. Members with something in them are there through what is below.
 */
export function toFieldSet(place: Place, value: unknown): FieldSet {
  const set = newFieldSet();
  collect(set, place, value, []);
  return set;
}

function collect(set: FieldSetBuilder, place: Place, value: unknown, path: PathElement[]): void {
  const structure = structureOf(place, value);
  if (structure === 'leaf') return insert(set, path);
  for (const [element, part] of partsOf(place, structure, value)) {
    path.push(element);
    collect(set, placeAt(place, element), part, path);
    const named = structure === 'members' && isNamedField(place, element.slice(2));
    if (!named || part === null || (isObject(part) && Object.keys(part).length === 0)) insert(set, path);
    path.pop();
  }
}

/**
 * The set and every field that the type names on the way to one of its fields: what goes when all that is in it goes
 * (fieldpath/set.go, EnsureNamedFieldsAreMembers).
 */
export function withNamedFields(place: Place, set: FieldSet): FieldSet {
  const members = new Set(set.members);
  const children = new Map<PathElement, FieldSet>();
  for (const [element, child] of set.children) {
    if (element.startsWith('f:') && isNamedField(place, element.slice(2))) members.add(element);
    children.set(element, withNamedFields(placeAt(place, element), child));
  }
  return { members, children };
}
