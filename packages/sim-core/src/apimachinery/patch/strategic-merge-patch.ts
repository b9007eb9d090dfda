import { goString } from '../go-syntax.ts';
import type { Type } from '../schema/types.ts';
import { newBadRequest } from '../status-error.ts';
import { deletionField, isDirective, orderedField, orderKey, PATCH_DIRECTIVE, RETAIN_KEYS } from './directives.ts';
import { orderElements } from './element-order.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { identityOf, isMergeList, itemType, objectItem, type PatchField, patchField } from './patch-field.ts';

function badPatchType(directive: unknown, patch: JsonObject): Error {
  return newBadRequest(`unknown patch type: ${goString(directive)} in map: ${goString(patch)}`);
}

function listOf(value: unknown, message: string): readonly unknown[] {
  if (!Array.isArray(value)) throw newBadRequest(message);
  return value;
}

/** A value that is new to the object: without directives and nulls, which have nothing to act on. */
function fresh(type: Type | undefined, value: unknown): unknown {
  if (isObject(value)) return mergeObjects(type, {}, value);
  if (!Array.isArray(value)) return value;
  const items = value.filter((item) => !(isObject(item) && Object.hasOwn(item, PATCH_DIRECTIVE)));
  return items.map((item) => fresh(itemType({ type } as PatchField), item));
}

function retainKeys(fields: Map<string, unknown>, patch: JsonObject): void {
  if (!Object.hasOwn(patch, RETAIN_KEYS)) return;
  const keys = listOf(patch[RETAIN_KEYS], 'invalid patch format of retainKeys');
  const stray = Object.keys(patch).some((key) => !isDirective(key) && patch[key] !== null && !keys.includes(key));
  if (stray) throw newBadRequest("patch content doesn't match retainKeys list");
  for (const key of fields.keys()) if (!keys.includes(key)) fields.delete(key);
}

/** The patch's order must be one that its own items follow. */
function checkOrder(patch: readonly unknown[], order: readonly unknown[], mergeKey: string | undefined): void {
  const identities = order.map((item) => identityOf(item, mergeKey));
  let from = 0;
  for (const item of patch) {
    if (isObject(item) && Object.hasOwn(item, PATCH_DIRECTIVE)) continue;
    const at = identities.indexOf(identityOf(item, mergeKey), from);
    if (at < 0) {
      const lists = `${goString(patch)}\n doesn't match $setElementOrder list:\n${goString(order)}\n`;
      throw newBadRequest(`The order in patch list:\n${lists}`);
    }
    from = at + 1;
  }
}

/** Carries out the `$patch` items of a list: what is left of the live list, and of the patch. */
function applyListDirectives(
  mergeKey: string,
  live: readonly unknown[],
  patch: readonly unknown[],
): [live: unknown[], patch: JsonObject[]] {
  let rest = [...live];
  const items: JsonObject[] = [];
  for (const each of patch) {
    const directive = isObject(each) ? each[PATCH_DIRECTIVE] : undefined;
    if (directive === undefined) {
      items.push(objectItem(each, mergeKey));
    } else if (directive === 'delete') {
      const identity = identityOf(each, mergeKey);
      rest = rest.filter((item) => identityOf(item, mergeKey) !== identity);
    } else if (directive !== 'replace') {
      throw directive === 'merge'
        ? newBadRequest('merging lists cannot yet be specified in the patch')
        : badPatchType(directive, each as JsonObject);
    }
  }
  const replaced = patch.some((each) => isObject(each) && each[PATCH_DIRECTIVE] === 'replace');
  return [replaced ? [] : rest, items];
}

function mergeItems(
  field: PatchField,
  mergeKey: string,
  live: readonly unknown[],
  patch: readonly unknown[],
): unknown[] {
  const [merged, items] = applyListDirectives(mergeKey, live, patch);
  for (const item of items) {
    const at = merged.findIndex((each) => identityOf(each, mergeKey) === item[mergeKey]);
    const old = at < 0 ? undefined : merged[at];
    if (isObject(old)) merged[at] = mergeObjects(itemType(field), old, item);
    else merged.push(fresh(itemType(field), item));
  }
  return merged;
}

function mergeLists(
  field: PatchField,
  live: readonly unknown[],
  patch: readonly unknown[],
  order: readonly unknown[] | undefined,
): unknown[] {
  const { mergeKey } = field;
  if (order) checkOrder(patch, order, mergeKey);
  const merged = mergeKey === undefined ? [...new Set([...live, ...patch])] : mergeItems(field, mergeKey, live, patch);
  const spoken = patch.filter((item) => !(isObject(item) && Object.hasOwn(item, PATCH_DIRECTIVE)));
  return orderElements(merged, order ?? spoken, live, mergeKey);
}

function mergeField(field: PatchField, live: unknown, value: unknown, order: readonly unknown[] | undefined): unknown {
  if (isObject(value) && isObject(live) && !field.replace) return mergeObjects(field.type, live, value);
  if (Array.isArray(value) && Array.isArray(live) && isMergeList(field)) return mergeLists(field, live, value, order);
  return fresh(field.type, value);
}

function applyListKeys(fields: Map<string, unknown>, type: Type | undefined, patch: JsonObject): void {
  for (const key of Object.keys(patch)) {
    const ordered = orderedField(key);
    const shortened = deletionField(key);
    const live = fields.get(ordered ?? shortened ?? '');
    if (!Array.isArray(live)) continue;
    if (shortened !== undefined) {
      const gone = listOf(patch[key], 'invalid patch format of primitive list');
      fields.set(
        shortened,
        live.filter((item) => !gone.includes(item)),
      );
    } else if (ordered !== undefined && !Object.hasOwn(patch, ordered)) {
      const order = listOf(patch[key], 'invalid patch format of setElementOrder list');
      fields.set(ordered, orderElements(live, order, live, patchField(type, ordered).mergeKey));
    }
  }
}

function mergeObjects(type: Type | undefined, live: JsonObject, patch: JsonObject): JsonObject {
  const directive = patch[PATCH_DIRECTIVE];
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'replace') throw badPatchType(directive, patch);
  const fields = new Map(directive === 'replace' ? [] : Object.entries(live));
  retainKeys(fields, patch);
  for (const key of Object.keys(patch)) {
    if (isDirective(key)) continue;
    const value = patch[key];
    const order = patch[orderKey(key)];
    const list = order === undefined ? undefined : listOf(order, 'invalid patch format of setElementOrder list');
    if (value === null) fields.delete(key);
    else fields.set(key, mergeField(patchField(type, key), fields.get(key), value, list));
  }
  applyListKeys(fields, type, patch);
  return Object.fromEntries(fields);
}

/**
 * Applies a strategic merge patch to an object of the given type (`StrategicMergeMapPatch` of
 * `k8s.io/apimachinery/pkg/util/strategicpatch/patch.go`), with `$patch`, `$retainKeys`, `$setElementOrder` and
 * `$deleteFromPrimitiveList`. The object is not changed; untouched parts are shared with it. Throws a StatusError
 * (BadRequest) for a malformed patch.
 */
export function strategicMergePatch(type: Type | undefined, live: JsonObject, patch: JsonObject): JsonObject {
  return mergeObjects(type, live, patch);
}
