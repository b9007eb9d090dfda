import { goString } from '../go-syntax.ts';
import type { PatchTags, Type } from '../schema/types.ts';
import { newBadRequest } from '../status-error.ts';
import { isObject, type JsonObject } from './json-object.ts';

/** What a patch must know of one field; without a schema every list is replaced and every object merged. */
export interface PatchField extends PatchTags {
  readonly type?: Type;
}

const UNKNOWN: PatchField = Object.freeze({});

/** The field `key` of a type: a field of a struct, or the value of a map. */
export function patchField(type: Type | undefined, key: string): PatchField {
  if (type?.kind === 'struct') return type.fields.get(key) ?? UNKNOWN;
  return type?.kind === 'map' ? { type: type.values } : UNKNOWN;
}

/** The type of the items of a list. */
export function itemType(field: PatchField): Type | undefined {
  return field.type?.kind === 'list' ? field.type.items : undefined;
}

/** True for lists that are merged item by item. */
export function isMergeList(field: PatchField): boolean {
  return field.mergeKey !== undefined || field.mergeSet === true;
}

/** An item of a merged list of objects. Throws a StatusError (BadRequest) when it is something else. */
export function objectItem(item: unknown, mergeKey: string): JsonObject {
  if (!isObject(item))
    throw newBadRequest(`expected a map with the merge key ${mergeKey}, but received ${goString(item)}`);
  if (!Object.hasOwn(item, mergeKey)) {
    throw newBadRequest(`map: ${goString(item)} does not contain declared merge key: ${mergeKey}`);
  }
  return item;
}

/** What tells an item of a merged list from the others: its merge key, or for scalars the item. Throws as {@link objectItem}. */
export function identityOf(item: unknown, mergeKey: string | undefined): unknown {
  return mergeKey === undefined ? item : objectItem(item, mergeKey)[mergeKey];
}
