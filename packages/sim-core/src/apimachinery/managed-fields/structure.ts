import { isObject } from '../patch/json-object.ts';
import type { PatchTags, Type } from '../schema/types.ts';
import { fieldElement, keyElement, type PathElement, valueElement } from './path-element.ts';

/** A place in an object: its type (undefined: nobody declared it) and what its field says of patches. */
export interface Place {
  readonly type: Type | undefined;
  readonly tags: PatchTags;
}

/** How a value at a place comes apart: not at all (`leaf`), by members, or by items with an identity. */
export type Structure = 'leaf' | 'members' | 'items';

const NO_TAGS: PatchTags = Object.freeze({});
const UNDECLARED: Place = Object.freeze({ type: undefined, tags: NO_TAGS });

/** Keys of lists that may be left out, with what they then are (the `default` in OpenAPI of ContainerPort, ServicePort). */
const KEY_DEFAULTS: Readonly<Record<string, unknown>> = Object.freeze({ protocol: 'TCP' });

/** The place of a whole object. */
export function rootPlace(type: Type | undefined): Place {
  return { type, tags: NO_TAGS };
}

/** What nobody declared comes apart by what it is: objects by members, lists not at all (typed/deduced.go). */
export function isUndeclared({ type }: Place): boolean {
  return type === undefined || (type.kind === 'scalar' && type.scalar === 'any');
}

/** @param sample a value that may lie there, asked only where nothing is declared */
export function structureOf(place: Place, sample: unknown): Structure {
  const { type, tags } = place;
  if (type === undefined || isUndeclared(place)) return isObject(sample) ? 'members' : 'leaf';
  if (type.kind === 'scalar' || tags.atomic === true) return 'leaf';
  if (type.kind === 'list') return isSet(place) || tags.listMapKeys !== undefined ? 'items' : 'leaf';
  return type.kind === 'struct' && type.atomic && tags.atomic !== false ? 'leaf' : 'members';
}

/** Whether the items of the list are their own identity. */
export function isSet({ tags }: Place): boolean {
  return tags.set === true || tags.mergeSet === true;
}

/** The place of a member. */
export function memberPlace(place: Place, name: string): Place {
  const { type } = place;
  if (type?.kind === 'map') return { type: type.values, tags: NO_TAGS };
  if (type?.kind !== 'struct') return UNDECLARED;
  const field = type.fields.get(name);
  return field === undefined ? UNDECLARED : { type: field.type, tags: field };
}

/** Whether the member is a field that the type names, not a key of a map. */
export function isNamedField({ type }: Place, name: string): boolean {
  return type?.kind === 'struct' && type.fields.has(name);
}

/** The place of every item of a list. */
function itemPlace({ type }: Place): Place {
  return { type: type?.kind === 'list' ? type.items : undefined, tags: NO_TAGS };
}

/** The place that a step leads to. */
export function placeAt(place: Place, element: PathElement): Place {
  return element.startsWith('f:') ? memberPlace(place, element.slice(2)) : itemPlace(place);
}

/** What identifies an item of a list, or why nothing does (typed/helpers.go, listItemToPathElement). */
export function identify(place: Place, item: unknown): PathElement | Error {
  const keys = place.tags.listMapKeys;
  if (keys !== undefined) return identifyByKeys(keys, item);
  if (item === null) return new Error("associative list without keys has an element that's an explicit null");
  if (Array.isArray(item)) return new Error('not supported: associative list with lists as elements');
  if (isObject(item)) return new Error("associative list without keys has an element that's a map type");
  return valueElement(item);
}

function identifyByKeys(keys: readonly string[], item: unknown): PathElement | Error {
  if (item === null) return new Error('associative list with keys may not have a null element');
  if (!isObject(item)) return new Error('associative list with keys may not have non-map elements');
  const identity: Record<string, unknown> = {};
  for (const key of keys) {
    const value = Object.hasOwn(item, key) ? item[key] : KEY_DEFAULTS[key];
    if (value === undefined) {
      const omits = `associative list with keys has an element that omits key field "${key}"`;
      return new Error(`${omits} (and doesn't have default value)`);
    }
    identity[key] = value;
  }
  return keyElement(identity);
}

/** The items of a list by identity, the first of each; what has none is left out. */
export function itemsById(place: Place, list: unknown): Map<PathElement, unknown> {
  const items = new Map<PathElement, unknown>();
  for (const item of Array.isArray(list) ? list : []) {
    const element = identify(place, item);
    if (typeof element === 'string' && !items.has(element)) items.set(element, item);
  }
  return items;
}

/** The members of an object by step. */
export function membersById(value: unknown): Map<PathElement, unknown> {
  const members = new Map<PathElement, unknown>();
  if (!isObject(value)) return members;
  for (const name of Object.keys(value)) {
    if (value[name] !== undefined) members.set(fieldElement(name), value[name]);
  }
  return members;
}

/** What lies below a value, by step. */
export function partsOf(place: Place, structure: Structure, value: unknown): Map<PathElement, unknown> {
  return structure === 'items' ? itemsById(place, value) : membersById(value);
}

/** Whether there is nothing in it: absent, null, an empty object or list. */
export function isHollow(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
