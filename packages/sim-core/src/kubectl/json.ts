import { isObject, type JsonObject } from '../apimachinery/patch/json-object.ts';

export { isObject, type JsonObject };

const EMPTY: JsonObject = Object.freeze({});

/** What stands at a path of keys; undefined when anything on the way is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** The text at a path; '' when there is none. */
export function text(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return found === undefined || found === null || typeof found === 'object' ? '' : String(found);
}

/** The number at a path; 0 when there is none. */
export function number(value: unknown, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : 0;
}

/** The object at a path; {} when there is none. */
export function object(value: unknown, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : EMPTY;
}

/** The objects of the list at a path. */
export function objects(value: unknown, ...path: readonly string[]): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The texts of the list at a path. */
export function texts(value: unknown, ...path: readonly string[]): string[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.map(String) : [];
}

/** The map of texts at a path. */
export function strings(value: unknown, ...path: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(object(value, ...path)).map(([key, each]) => [key, String(each)]));
}

/** A copy with `value` at a path; undefined takes it away. */
export function withAt(target: JsonObject, path: readonly string[], value: unknown): JsonObject {
  const [key = '', ...rest] = path;
  const next = rest.length === 0 ? value : withAt(object(target, key), rest, value);
  if (next !== undefined) return { ...target, [key]: next };
  const { [key]: _gone, ...left } = target;
  return left;
}
