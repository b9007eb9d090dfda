import { isObject, type JsonSchema, memberSchema } from './json-schema.ts';

/**
 * The value with what its schema gives where nothing is said, and without nulls that a default stands against
 * (apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go). The same value where nothing was missing.
 */
export function withDefaults<T>(schema: JsonSchema | undefined, value: T): T {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return defaultItems(schema, value) as T;
  return isObject(value) ? (defaultMembers(schema, value as Record<string, unknown>) as T) : value;
}

function defaultItems(schema: JsonSchema, list: readonly unknown[]): readonly unknown[] {
  const items = list.map((item) => withDefaults(schema.items, item));
  return items.some((item, index) => item !== list[index]) ? items : list;
}

function defaultMembers(schema: JsonSchema, object: Readonly<Record<string, unknown>>): unknown {
  const changed = new Map<string, unknown>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const given = object[name];
    const isMissing = given === undefined || (given === null && property.nullable !== true);
    if (isMissing && property.default !== undefined) changed.set(name, withDefaults(property, property.default));
  }
  for (const [name, member] of Object.entries(object)) {
    if (changed.has(name)) continue;
    const completed = withDefaults(memberSchema(schema, name), member);
    if (completed !== member) changed.set(name, completed);
  }
  return changed.size === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}
