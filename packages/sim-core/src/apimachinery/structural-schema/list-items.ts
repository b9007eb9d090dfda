import { duplicate, type FieldError } from '../field-error.ts';
import { goUnstructured } from './go-unstructured.ts';
import { isObject, type Json, type JsonSchema, memberSchema } from './json-schema.ts';

/** A value as text that is the same for equal values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`;
}

/** The keys of an item of a list that is a map; undefined: it is none. */
function keysOf(schema: JsonSchema, item: unknown): Json | undefined {
  if (!isObject(item)) return undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const given = keys.filter((key) => Object.hasOwn(item, key) && item[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, item[key]]));
}

/** What tells an item of the list from the others; undefined where nothing does. */
export function identityOf(schema: JsonSchema, item: unknown): string | undefined {
  if (schema['x-kubernetes-list-type'] !== 'map') return undefined;
  const keys = keysOf(schema, item);
  return keys && canonicalJson(keys);
}

/**
 * Items that are there twice in sets and in lists that are maps
 * (apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go).
 */
export function duplicateItems(schema: JsonSchema, value: unknown, path = ''): FieldError[] {
  if (Array.isArray(value)) {
    const below = schema.items;
    const inside = below && (below.type === 'object' || below.type === 'array');
    const nested = inside ? value.flatMap((item, index) => duplicateItems(below, item, `${path}[${index}]`)) : [];
    return [...duplicatesOf(schema, value, path), ...nested];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member !== 'object') return [];
    const below = memberSchema(schema, name);
    return below === undefined ? [] : duplicateItems(below, member, path === '' ? name : nested(schema, path, name));
  });
}

/** Keys of maps stand in brackets, fields behind dots (field.Path.Key, field.Path.Child). */
function nested({ properties }: JsonSchema, path: string, name: string): string {
  return properties !== undefined && Object.hasOwn(properties, name) ? `${path}.${name}` : `${path}[${name}]`;
}

function duplicatesOf(schema: JsonSchema, list: readonly unknown[], path: string): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== 'set' && listType !== 'map') return [];
  const seen = new Map<string, number>();
  const errors: FieldError[] = [];
  for (const [index, item] of list.entries()) {
    const told = listType === 'set' ? item : keysOf(schema, item);
    if (told === undefined || told === null) continue;
    const id = canonicalJson(told);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    // Only the second of several is told of.
    if (count === 2) errors.push(duplicate(`${path}[${index}]`, goUnstructured(told)));
  }
  return errors;
}
