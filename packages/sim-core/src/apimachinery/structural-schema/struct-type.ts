import type { Field, PatchTags, StructType, Type } from '../schema/types.ts';
import type { JsonSchema } from './json-schema.ts';

const ANY: Type = Object.freeze({ kind: 'scalar', scalar: 'any', goType: 'interface {}' });
const STRING: Type = Object.freeze({ kind: 'scalar', scalar: 'string', goType: 'string' });

/**
 * The type of a custom kind as server-side apply sees it: its lists with keys, its sets, what is one value
 * (apiextensions-apiserver/pkg/controller/openapi/builder, structured-merge-diff/v4/schema).
 */
export function structTypeOf(schema: JsonSchema, objectMeta: Type): StructType {
  const named: [string, Type][] = [
    ['apiVersion', STRING],
    ['kind', STRING],
    ['metadata', objectMeta],
  ];
  const own = named.map(([name, type]): [string, Field] => [name, { name, type, required: false }]);
  return struct(() => new Map([...fieldsOf(schema), ...own]), schema);
}

function struct(fields: () => ReadonlyMap<string, Field>, schema: JsonSchema): StructType {
  let made: ReadonlyMap<string, Field> | undefined;
  return {
    kind: 'struct',
    name: '',
    goName: '',
    goType: 'map[string]interface {}',
    atomic: schema['x-kubernetes-map-type'] === 'atomic',
    isUnstructured: true,
    get fields() {
      made ??= fields();
      return made;
    },
  };
}

function fieldsOf({ properties = {} }: JsonSchema): [string, Field][] {
  return Object.entries(properties).map(([name, schema]) => [
    name,
    { name, type: typeOf(schema), required: false, ...tagsOf(schema) },
  ]);
}

function typeOf(schema: JsonSchema): Type {
  if (schema['x-kubernetes-int-or-string'] === true) return { kind: 'scalar', scalar: 'intOrString', goType: 'int32' };
  switch (schema.type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return { kind: 'list', items: schema.items === undefined ? ANY : typeOf(schema.items), goType: '[]interface {}' };
    case 'string':
      return STRING;
    case 'integer':
      return { kind: 'scalar', scalar: 'int64', goType: 'int64' };
    case 'number':
      return { kind: 'scalar', scalar: 'double', goType: 'float64' };
    case 'boolean':
      return { kind: 'scalar', scalar: 'bool', goType: 'bool' };
    default:
      return ANY;
  }
}

function objectType(schema: JsonSchema): Type {
  const { properties, additionalProperties } = schema;
  if (typeof additionalProperties === 'object') {
    return { kind: 'map', values: typeOf(additionalProperties), goType: 'map[string]interface {}' };
  }
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || properties === undefined;
  return isOpen ? ANY : struct(() => new Map(fieldsOf(schema)), schema);
}

function tagsOf(schema: JsonSchema): PatchTags {
  const listType = schema['x-kubernetes-list-type'];
  if (listType === 'map') return { listMapKeys: schema['x-kubernetes-list-map-keys'] ?? [] };
  if (listType === 'set') return { set: true };
  return schema['x-kubernetes-map-type'] === 'atomic' ? { atomic: true } : {};
}
