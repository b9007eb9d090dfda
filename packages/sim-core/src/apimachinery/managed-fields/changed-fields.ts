import { deepEqual } from '../deep.ts';
import type { FieldsV1 } from './fields-v1.ts';
import { compareElements, type PathElement } from './path-element.ts';
import { isHollow, type Place, partsOf, placeAt, type Structure, structureOf } from './structure.ts';

const OWNED: FieldsV1 = Object.freeze({});

/**
 * What an update adds or changes, as fieldsV1; undefined when that is nothing. The same as encoding what
 * {@link compare} finds, without the sets: many objects are looked at one after the other.
 */
export function changedFields(place: Place, before: unknown, after: unknown): FieldsV1 | undefined {
  if (before === after || after === undefined) return undefined;
  const structure = structureOf(place, after ?? before);
  const isLeaf = structure === 'leaf' || (before !== undefined && structure !== structureOf(place, before ?? after));
  if (isLeaf || (isHollow(before) && isHollow(after))) {
    return before === undefined || !deepEqual(before, after) ? OWNED : undefined;
  }
  const below = changedParts(place, structure, before, after);
  if (before === undefined) return below === undefined ? OWNED : { '.': OWNED, ...below };
  return below;
}

function changedParts(place: Place, structure: Structure, before: unknown, after: unknown): FieldsV1 | undefined {
  const old: ReadonlyMap<PathElement, unknown> | undefined = isHollow(before)
    ? undefined
    : partsOf(place, structure, before);
  const parts = [...partsOf(place, structure, after)].sort(([a], [b]) => compareElements(a, b));
  let fields: Record<string, FieldsV1> | undefined;
  for (const [element, part] of parts) {
    const changed = changedFields(placeAt(place, element), old?.get(element), part);
    if (changed === undefined) continue;
    fields ??= {};
    fields[element] = changed;
  }
  return fields;
}
