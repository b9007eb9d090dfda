import { isObject } from './json-object.ts';

/**
 * Applies a JSON merge patch (RFC 7386): objects are merged, null removes, everything else replaces. The target is not
 * changed; untouched parts are shared with it.
 */
export function jsonMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value === null) result.delete(key);
    else result.set(key, jsonMergePatch(result.get(key), value));
  }
  return Object.fromEntries(result);
}
