import { deepEqual } from '../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { defaultErrorsOf } from '../../../apimachinery/structural-schema/default-errors.ts';
import { isObject, type JsonSchema, MAX_DEPTH } from '../../../apimachinery/structural-schema/json-schema.ts';
import { partsOf } from '../../../apimachinery/structural-schema/parts.ts';
import { structuralErrors } from '../../../apimachinery/structural-schema/structural-errors.ts';
import type { CustomResourceDefinitionVersion } from '../custom-resource-definition.ts';

const TYPES: readonly string[] = Object.freeze(['array', 'boolean', 'integer', 'number', 'object', 'string']);

/**
 * What is wrong with the schemas of all versions. Where they are one and the same the API server looks at it once, under
 * spec.validation, as its own type has it.
 */
export function validateSchemas(versions: readonly CustomResourceDefinitionVersion[]): FieldError[] {
  const schemas = versions.map(({ schema }) => schema?.openAPIV3Schema);
  const [first] = schemas;
  if (first !== undefined && schemas.every((schema) => deepEqual(schema, first))) {
    return validateSchema(first, 'spec.validation.openAPIV3Schema');
  }
  return schemas.flatMap((schema, index) =>
    schema === undefined ? [] : validateSchema(schema, `spec.versions[${index}].schema.openAPIV3Schema`),
  );
}

function validateSchema(schema: JsonSchema, path: string): FieldError[] {
  if (isDeeperThan(schema, MAX_DEPTH)) return [invalid(path, '', 'exceeded max depth')];
  const own = openApiErrors(schema, path);
  const errors = [...own, ...structuralErrors(schema, path)];
  return errors.length > 0 ? errors : defaultErrorsOf(schema, path);
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(each, levels - 1));
}

/** ValidateCustomResourceDefinitionOpenAPISchema */
function openApiErrors(schema: JsonSchema, path: string): FieldError[] {
  const { type, additionalProperties, properties, uniqueItems, items } = schema;
  const errors: FieldError[] = [];
  if (uniqueItems === true) {
    const message = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbidden(`${path}.uniqueItems`, message));
  }
  if (additionalProperties !== undefined && properties !== undefined && additionalProperties !== true) {
    errors.push(forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'));
  } else if (additionalProperties === false) {
    errors.push(forbidden(`${path}.additionalProperties`, 'additionalProperties cannot be set to false'));
  }
  if (type && !TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, TYPES));
  if (Array.isArray(items)) errors.push(forbidden(`${path}.items`, 'items must be a schema object and not an array'));
  if ((schema as { $ref?: string }).$ref) errors.push(forbidden(`${path}.$ref`, '$ref is not supported'));
  errors.push(...listErrors(schema, path));
  const below = isObject(items) || items === undefined ? partsOf(schema, path) : [];
  return [...errors, ...below.flatMap((part) => openApiErrors(part.schema, part.path))];
}

function listErrors(schema: JsonSchema, path: string): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const errors: FieldError[] = [];
  if (listType && schema.type !== 'array') {
    errors.push(invalid(`${path}.type`, schema.type ?? '', 'must be array if x-kubernetes-list-type is specified'));
  }
  if (listType && !['atomic', 'set', 'map'].includes(listType)) {
    errors.push(notSupported(`${path}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map']));
  }
  if (listType === 'map' && keys.length === 0) {
    const field = `${path}.x-kubernetes-list-map-keys`;
    errors.push(required(field, 'must not be empty if x-kubernetes-list-type is map'));
  }
  for (const [index, key] of listType === 'map' ? keys.entries() : []) {
    const property = schema.items?.properties?.[key];
    if (property !== undefined && property.default === undefined && !schema.items?.required?.includes(key)) {
      const message =
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
      errors.push(required(`${path}.items.properties[${key}].default`, message));
    }
    if (property !== undefined) continue;
    const message = 'entries must all be names of item properties';
    errors.push(invalid(`${path}.x-kubernetes-list-map-keys[${index}]`, key, message));
  }
  return errors;
}
