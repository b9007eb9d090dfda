import { deepEqual } from '../deep.ts';
import { type FieldError, invalid } from '../field-error.ts';
import { NO_FIELD } from './findings.ts';
import { goUnstructured } from './go-unstructured.ts';
import { isObject, type JsonSchema } from './json-schema.ts';
import { structureParts } from './parts.ts';
import { prune } from './prune.ts';
import { StructuralSchema } from './structural-schema.ts';

/**
 * Defaults that their own schema refuses
 * (apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go): they would make every object invalid.
 */
export function defaultErrorsOf(schema: JsonSchema, path: string): FieldError[] {
  const own = schema.default === undefined ? [] : defaultErrors(schema, schema.default, `${path}.default`);
  return [...own, ...structureParts(schema, path).flatMap((part) => defaultErrorsOf(part.schema, part.path))];
}

function defaultErrors(schema: JsonSchema, value: unknown, path: string): FieldError[] {
  if (isObject(value) && !deepEqual(prune(schema, value).value, value)) {
    return [invalid(path, goUnstructured(value), 'must not have unknown fields')];
  }
  const checked = new StructuralSchema(schema);
  const errors = checked.validate(checked.withDefaults(value));
  return errors.map((error) => ({
    ...error,
    field: error.field === NO_FIELD ? path : `${path}.${error.field}`,
    detail: error.detail.startsWith(' in body') ? `${path}${error.detail}` : error.detail,
  }));
}
