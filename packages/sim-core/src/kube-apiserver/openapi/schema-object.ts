import { PROTOBUF_FIELDS } from '../../api/protobuf-fields/index.ts';
import type { Documentation } from '../../apimachinery/schema/documentation.ts';
import type { Field, StructType, Type } from '../../apimachinery/schema/types.ts';
import { scalarSchema } from './scalar-schemas.ts';
import { metaName, refTo, schemaName } from './schema-names.ts';

/** A JSON object of an OpenAPI v3 document. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** The schema of a type with known fields; what it points to is named, not included. */
export function structSchema(type: StructType, documentation: Documentation): SchemaObject {
  const fields = [...type.fields.values()];
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const description = documentation.type(type.name);
  return {
    ...(description !== '' && { description }),
    properties: Object.fromEntries(fields.map((field) => [field.name, property(type, field, documentation)])),
    ...(required.length > 0 && { required }),
    type: 'object',
    ...(type.atomic && { 'x-kubernetes-map-type': 'atomic' }),
  };
}

function property(owner: StructType, field: Field, documentation: Documentation): SchemaObject {
  const text = documentation.field(owner.name, field.name);
  const values = field.type.kind === 'scalar' ? documentation.values(field.type.goType) : undefined;
  const description = values === undefined ? text : withValues(text, values);
  const value = defaultOf(owner, field, documentation);
  return withSiblings(typeSchema(owner, field, documentation), {
    ...(value !== undefined && { default: value }),
    ...(description !== '' && { description }),
    ...extensions(field),
  });
}

/** In OpenAPI 3.0 nothing may stand beside a $ref. */
function withSiblings(schema: SchemaObject, siblings: SchemaObject): SchemaObject {
  if (Object.keys(siblings).length === 0 || !('$ref' in schema)) return { ...siblings, ...schema };
  return { allOf: [schema], ...siblings };
}

function typeSchema(owner: StructType, { name, type }: Field, documentation: Documentation): SchemaObject {
  if (owner.name === 'ManagedFieldsEntry' && name === 'fieldsV1') return refTo(metaName('FieldsV1'));
  return schemaOf(type, documentation);
}

function schemaOf(type: Type, documentation: Documentation): SchemaObject {
  switch (type.kind) {
    case 'struct':
      return refTo(schemaName(type));
    case 'list':
      return { items: element(type.items, documentation), type: 'array' };
    case 'map':
      return { additionalProperties: element(type.values, documentation), type: 'object' };
    case 'scalar': {
      const values = documentation.values(type.goType);
      return { ...scalarSchema(type), ...(values && { enum: Object.keys(values).sort() }) };
    }
  }
}

/** An item of a list or a value of a map: no pointer, so it has its zero value as default. */
function element(type: Type, documentation: Documentation): SchemaObject {
  const zero = type.kind === 'struct' ? {} : zeroOf(type);
  return withSiblings(schemaOf(type, documentation), zero === undefined ? {} : { default: zero });
}

function defaultOf(owner: StructType, field: Field, documentation: Documentation): unknown {
  const declared = documentation.default(owner.name, field.name);
  if (declared !== undefined) return declared;
  if (isPointer(owner.name, field.name)) return undefined;
  if (field.type.kind === 'struct') return {};
  return field.required ? zeroOf(field.type) : undefined;
}

/** Types whose numbers we do not have count as full of pointers: a default too few harms nobody. */
function isPointer(type: string, field: string): boolean {
  const numbers = Object.hasOwn(PROTOBUF_FIELDS, type) ? ` ${PROTOBUF_FIELDS[type]} ` : undefined;
  if (numbers === undefined) return true;
  const at = numbers.indexOf(` ${field}=`);
  return at >= 0 && numbers[numbers.indexOf(' ', at + 1) - 1] === '?';
}

/** Lists, maps and what is a scalar only in JSON have none. */
function zeroOf(type: Type): unknown {
  if (type.kind !== 'scalar') return undefined;
  if (type.scalar === 'string') return '';
  if (type.scalar === 'bool') return false;
  return type.scalar === 'int32' || type.scalar === 'int64' || type.scalar === 'double' ? 0 : undefined;
}

function withValues(text: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.keys(values)
    .sort()
    .map((value) => `\n - \`${JSON.stringify(value)}\`${values[value] === '' ? '' : ` ${values[value]}`}`);
  return `${text === '' ? '' : `${text}\n\n`}Possible enum values:${lines.join('')}`;
}

function extensions(field: Field): SchemaObject {
  const { type, mergeKey, mergeSet, retainKeys, replace, listMapKeys } = field;
  const merges = mergeKey !== undefined || mergeSet === true;
  const strategy = [merges && 'merge', retainKeys && 'retainKeys', replace && 'replace'].filter(Boolean).join(',');
  return {
    ...(listMapKeys && { 'x-kubernetes-list-map-keys': listMapKeys }),
    ...(type.kind === 'list' && { 'x-kubernetes-list-type': listType(field) }),
    ...mapType(field),
    ...(mergeKey !== undefined && { 'x-kubernetes-patch-merge-key': mergeKey }),
    ...(strategy !== '' && { 'x-kubernetes-patch-strategy': strategy }),
  };
}

function listType({ listMapKeys, mergeSet, set }: Field): string {
  if (listMapKeys) return 'map';
  return mergeSet || set ? 'set' : 'atomic';
}

function mapType({ type, atomic }: Field): SchemaObject {
  if (atomic === undefined || type.kind === 'list') return {};
  return { 'x-kubernetes-map-type': atomic ? 'atomic' : 'granular' };
}
