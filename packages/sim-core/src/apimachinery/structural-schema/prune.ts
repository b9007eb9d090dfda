import { isObject, type Json, type JsonSchema, memberSchema } from './json-schema.ts';

/** A value without what its schema does not name, and the paths of what that was. */
export interface Pruned {
  readonly value: Json;
  /** In alphabetical order, as the API server has them. */
  readonly unknown: readonly (readonly (string | number)[])[];
}

type Path = (string | number)[];

const RESOURCE: readonly string[] = Object.freeze(['apiVersion', 'kind', 'metadata']);

/**
 * Takes off every member that the schema of a kind does not name
 * (apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go).
 */
export function prune(schema: JsonSchema, object: Json): Pruned {
  const unknown: Path[] = [];
  const value = pruneObject(schema, object, true, [], unknown) as Json;
  return { value, unknown: unknown.sort((a, b) => (printed(a) < printed(b) ? -1 : 1)) };
}

function printed(path: Path): string {
  return path.join('.');
}

function pruneValue(schema: JsonSchema | undefined, value: unknown, path: Path, unknown: Path[]): unknown {
  if (schema === undefined) return value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item, index) => pruneAt(items, item, index, path, unknown));
  }
  return isObject(value)
    ? pruneObject(schema, value, schema['x-kubernetes-embedded-resource'] === true, path, unknown)
    : value;
}

function pruneAt(schema: JsonSchema | undefined, value: unknown, step: string | number, path: Path, unknown: Path[]) {
  path.push(step);
  const pruned = pruneValue(schema, value, path, unknown);
  path.pop();
  return pruned;
}

function pruneObject(schema: JsonSchema, object: Json, isResource: boolean, path: Path, unknown: Path[]): Json {
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
  const entries: [string, unknown][] = [];
  for (const [name, member] of Object.entries(object)) {
    const below = memberSchema(schema, name);
    const isOwn = isResource && RESOURCE.includes(name);
    if (isOwn) entries.push([name, member]);
    else if (below !== undefined) entries.push([name, pruneAt(below, member, name, path, unknown)]);
    else if (keepsUnknown) entries.push([name, member]);
    else unknown.push([...path, name]);
  }
  return Object.fromEntries(entries);
}
