import type { FieldSet } from './field-set.ts';
import { isEmpty } from './field-set.ts';
import type { PathElement } from './path-element.ts';
import { identify, membersById, type Place, placeAt, structureOf } from './structure.ts';

/**
 * A value without some of its fields (typed/remove.go): members of the set go with all that is in them. Objects and
 * lists that are left with nothing go too.
 */
export function removeItems(place: Place, value: unknown, remove: FieldSet): unknown {
  const structure = structureOf(place, value);
  if (structure === 'leaf' || isEmpty(remove)) return value;
  if (structure === 'items') return removeFromList(place, value, remove);
  const kept = [...membersById(value)].flatMap(([element, member]): [string, unknown][] => {
    const rest = reduced(place, element, member, remove);
    return rest === undefined ? [] : [[element.slice(2), rest]];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function removeFromList(place: Place, value: unknown, remove: FieldSet): unknown {
  if (!Array.isArray(value)) return value;
  const kept = value.flatMap((item: unknown) => {
    const element = identify(place, item);
    const rest = typeof element === 'string' ? reduced(place, element, item, remove) : item;
    return rest === undefined ? [] : [rest];
  });
  return kept.length > 0 ? kept : undefined;
}

function reduced(place: Place, element: PathElement, part: unknown, remove: FieldSet): unknown {
  if (remove.members.has(element)) return undefined;
  const below = remove.children.get(element);
  return below === undefined ? part : removeItems(placeAt(place, element), part, below);
}
