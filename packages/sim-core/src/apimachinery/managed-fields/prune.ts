import { difference, EMPTY_SET, type FieldSet, intersection, union } from './field-set.ts';
import type { Manager } from './managers.ts';
import { removeItems } from './remove-items.ts';
import type { Place } from './structure.ts';
import { toFieldSet, withNamedFields } from './to-field-set.ts';

/**
 * Takes off what an applier named last time and nobody manages any more (merge/update.go, prune): first everything that
 * it named, then what somebody manages is added back, then what it never named.
 */
export function prune(place: Place, merged: unknown, last: FieldSet, managers: Iterable<Manager>): unknown {
  const named = (set: FieldSet): FieldSet => withNamedFields(place, set);
  const setOf = (value: unknown): FieldSet => named(toFieldSet(place, value));
  let managed: FieldSet = EMPTY_SET;
  for (const { fields } of managers) managed = union(managed, fields);
  const all = setOf(merged);
  const without = setOf(removeItems(place, merged, named(last)));
  const withOwned = removeItems(place, merged, difference(all, union(without, named(managed))));
  return removeItems(place, merged, intersection(difference(all, setOf(withOwned)), named(last)));
}
