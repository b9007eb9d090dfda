import type { JsonSchema } from './json-schema.ts';

/** A schema inside of another, and where it stands. */
export interface SchemaPart {
  readonly schema: JsonSchema;
  /** `spec.validation.openAPIV3Schema.properties[spec].items` */
  readonly path: string;
}

/** Schemas of the fields, items and values that a schema speaks of. */
export function structureParts(
  { properties = {}, items, additionalProperties }: JsonSchema,
  path: string,
): SchemaPart[] {
  return [
    ...Object.entries(properties).map(([name, schema]) => ({ schema, path: `${path}.properties[${name}]` })),
    ...(typeof items === 'object' && !Array.isArray(items) ? [{ schema: items, path: `${path}.items` }] : []),
    ...(typeof additionalProperties === 'object'
      ? [{ schema: additionalProperties, path: `${path}.additionalProperties` }]
      : []),
  ];
}

/** Schemas that the same value is held against. */
export function junctionParts({ allOf = [], anyOf = [], oneOf = [], not }: JsonSchema, path: string): SchemaPart[] {
  const lists = Object.entries({ anyOf, allOf, oneOf });
  return [
    ...lists.flatMap(([name, schemas]) => schemas.map((schema, i) => ({ schema, path: `${path}.${name}[${i}]` }))),
    ...(not === undefined ? [] : [{ schema: not, path: `${path}.not` }]),
  ];
}

/** Every schema right inside of another. */
export function partsOf(schema: JsonSchema, path: string): SchemaPart[] {
  return [...structureParts(schema, path), ...junctionParts(schema, path)];
}
