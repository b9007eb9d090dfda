import { deepEqual } from '../deep.ts';
import type { Type } from '../schema/types.ts';
import { deletionKey, orderKey, PATCH_DIRECTIVE, RETAIN_KEYS } from './directives.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { identityOf, isMergeList, itemType, objectItem, type PatchField, patchField } from './patch-field.ts';

/** Which half of a difference is wanted. */
export type DiffPart = 'changes' | 'deletions';

function hasOtherKeys(from: JsonObject, to: JsonObject): boolean {
  return Object.keys(from).some((key) => from[key] !== null && from[key] !== undefined && !Object.hasOwn(to, key));
}

function retainedKeys(to: JsonObject): string[] {
  return Object.keys(to)
    .filter((key) => to[key] !== null && to[key] !== undefined)
    .sort();
}

function sameOrder(from: readonly unknown[], to: readonly unknown[], mergeKey: string | undefined): boolean {
  if (from.length !== to.length) return false;
  return from.every((item, i) => identityOf(item, mergeKey) === identityOf(to[i], mergeKey));
}

/** For each item of `to` the item of `from` with the same merge key, equal keys paired in their order. */
function pairs(from: readonly unknown[], to: readonly unknown[], mergeKey: string) {
  const left = from.map((item) => objectItem(item, mergeKey));
  const found = to.map((each) => {
    const item = objectItem(each, mergeKey);
    const at = left.findIndex((old) => String(old[mergeKey]) === String(item[mergeKey]));
    return { item, old: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
  return { found, left };
}

function diffItems(
  field: PatchField,
  mergeKey: string,
  from: readonly unknown[],
  to: readonly unknown[],
  part: DiffPart,
) {
  const { found, left } = pairs(from, to, mergeKey);
  const patch: JsonObject[] = [];
  for (const { item, old } of found) {
    if (old) {
      const difference = diffObjects(itemType(field), old, item, part, field.retainKeys);
      if (Object.keys(difference).length > 0) patch.push({ ...difference, [mergeKey]: item[mergeKey] });
    } else if (part === 'changes') {
      patch.push(item);
    }
  }
  if (part === 'changes') return patch;
  return [...patch, ...left.map((old) => ({ [mergeKey]: old[mergeKey], [PATCH_DIRECTIVE]: 'delete' }))];
}

function diffObjectList(
  key: string,
  field: PatchField,
  mergeKey: string,
  from: readonly unknown[],
  to: readonly unknown[],
  part: DiffPart,
): [string, unknown][] {
  const patch = diffItems(field, mergeKey, from, to, part);
  const ordered = patch.length > 0 || (part === 'changes' && !sameOrder(from, to, mergeKey));
  if (!ordered) return [];
  const order = to.map((item) => ({ [mergeKey]: identityOf(item, mergeKey) }));
  const list: [string, unknown][] = patch.length > 0 ? [[key, patch]] : [];
  return order.length > 0 ? [[orderKey(key), order], ...list] : list;
}

function diffScalarList(
  key: string,
  from: readonly unknown[],
  to: readonly unknown[],
  part: DiffPart,
): [string, unknown][] {
  if (part === 'deletions') {
    const gone = [...new Set(from.filter((item) => !to.includes(item)))];
    return gone.length > 0
      ? [
          [deletionKey(key), gone],
          [orderKey(key), to],
        ]
      : [];
  }
  if (deepEqual(from, to)) return [];
  const added = to.filter((item) => !from.includes(item));
  return [[orderKey(key), to], ...(added.length > 0 ? ([[key, added]] as [string, unknown][]) : [])];
}

function diffLists(
  key: string,
  field: PatchField,
  from: readonly unknown[],
  to: readonly unknown[],
  part: DiffPart,
): [string, unknown][] {
  if (!isMergeList(field)) return part === 'deletions' || deepEqual(from, to) ? [] : [[key, to]];
  if (from.length === 0) return part === 'deletions' || to.length === 0 ? [] : [[key, to]];
  if (field.mergeKey === undefined) return diffScalarList(key, from, to, part);
  return diffObjectList(key, field, field.mergeKey, from, to, part);
}

function diffField(key: string, field: PatchField, from: unknown, to: unknown, part: DiffPart): [string, unknown][] {
  if (Array.isArray(from) && Array.isArray(to)) return diffLists(key, field, from, to, part);
  if (isObject(from) && isObject(to) && !field.replace) {
    const difference = diffObjects(field.type, from, to, part, field.retainKeys);
    return Object.keys(difference).length > 0 ? [[key, difference]] : [];
  }
  return part === 'deletions' || deepEqual(from, to) ? [] : [[key, to]];
}

/**
 * One half of the strategic merge patch that leads from one object to another (`diffMaps` of
 * `k8s.io/apimachinery/pkg/util/strategicpatch/patch.go`): what is new or different in `to`, or what is gone from `from`.
 */
export function diffObjects(
  type: Type | undefined,
  from: JsonObject,
  to: JsonObject,
  part: DiffPart,
  retain = false,
): JsonObject {
  const patch: [string, unknown][] = [];
  for (const key of Object.keys(to)) {
    if (Object.hasOwn(from, key)) patch.push(...diffField(key, patchField(type, key), from[key], to[key], part));
    else if (part === 'changes') patch.push([key, to[key]]);
  }
  if (part === 'deletions') {
    for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch.push([key, null]);
  }
  const kept = retain && (patch.length > 0 || hasOtherKeys(from, to)) ? retainedKeys(to) : [];
  return Object.fromEntries(kept.length > 0 ? [...patch, [RETAIN_KEYS, kept]] : patch);
}
