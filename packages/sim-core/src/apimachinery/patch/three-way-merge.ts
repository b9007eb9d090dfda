import type { Type } from '../schema/types.ts';
import { orderKey, PATCH_DIRECTIVE } from './directives.ts';
import { jsonMergePatch } from './json-merge-patch.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { identityOf, isMergeList, itemType, type PatchField, patchField } from './patch-field.ts';
import { diffObjects } from './strategic-diff.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';

/** What `kubectl apply` would send, and what the object looks like afterwards (before defaults). */
export interface ThreeWayMerge {
  readonly patch: JsonObject;
  readonly merged: JsonObject;
}

/** Items of two patches for the same list: equal ones combined, all in the wanted order, deletions last. */
function combineItems(
  field: PatchField,
  mergeKey: string,
  deletions: readonly unknown[],
  changes: readonly unknown[],
  order: readonly unknown[],
): unknown[] {
  const same = (a: unknown, b: unknown) => identityOf(a, mergeKey) === identityOf(b, mergeKey);
  const combined = deletions.map((item) => {
    const change = changes.find((each) => same(each, item));
    return isObject(item) && isObject(change) ? combine(itemType(field), item, change) : item;
  });
  const all = [...combined, ...changes.filter((item) => !combined.some((each) => same(each, item)))];
  const isDeletion = (item: unknown) => isObject(item) && Object.hasOwn(item, PATCH_DIRECTIVE);
  const sorted = order.flatMap((each) => all.filter((item) => !isDeletion(item) && same(item, each)));
  return [...sorted, ...all.filter(isDeletion)];
}

/** One patch that does what both do; they come from the same target, so they never contradict each other. */
function combine(type: Type | undefined, deletions: JsonObject, changes: JsonObject): JsonObject {
  const result = new Map(Object.entries(deletions));
  for (const key of Object.keys(changes)) {
    const field = patchField(type, key);
    const [gone, change] = [result.get(key), changes[key]];
    if (isObject(gone) && isObject(change)) result.set(key, combine(field.type, gone, change));
    else if (Array.isArray(gone) && Array.isArray(change) && isMergeList(field) && field.mergeKey !== undefined) {
      const order = (changes[orderKey(key)] ?? deletions[orderKey(key)] ?? []) as readonly unknown[];
      result.set(key, combineItems(field, field.mergeKey, gone, change, order));
    } else result.set(key, change);
  }
  return Object.fromEntries(result);
}

/**
 * Merges a manifest into the live object as `kubectl apply` does: what the manifest says wins, what the last manifest
 * said and this one no longer does goes, and what others have set stays. With a type the patch is a strategic merge
 * patch (`CreateThreeWayMergePatch` of `strategicpatch/patch.go`), without one, as for custom resources, a JSON merge
 * patch (`CreateThreeWayJSONMergePatch` of `jsonmergepatch/patch.go`). Throws a StatusError (BadRequest) where an item of a
 * merged list lacks its merge key. An empty patch means unchanged.
 */
export function threeWayMerge(
  type: Type | undefined,
  lastApplied: JsonObject | undefined,
  live: JsonObject,
  modified: JsonObject,
): ThreeWayMerge {
  const changes = diffObjects(type, live, modified, 'changes');
  const deletions = diffObjects(type, lastApplied ?? {}, modified, 'deletions');
  const patch = combine(type, deletions, changes);
  const merged = type ? strategicMergePatch(type, live, patch) : (jsonMergePatch(live, patch) as JsonObject);
  return { patch, merged };
}
