import { deepEqual } from '../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, tooLong } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/validation/messages.ts';
import { isConfigMapKey } from '../../../apimachinery/validation/names.ts';
import { check } from '../../checks.ts';
import type { ConfigMap } from '../config-map.ts';

/** Bytes of data that one ConfigMap or Secret may hold (`MaxSecretSize`). */
export const MAX_DATA_SIZE = 1024 * 1024;

/** pkg/apis/core/validation/validation.go ValidateConfigMap */
export function validateConfigMap({ data, binaryData = {} }: ConfigMap): FieldError[] {
  const texts = Object.entries(data ?? {});
  const binaries = Object.entries(binaryData);
  const size = [...texts, ...binaries].reduce((sum, [, value]) => sum + byteLength(value), 0);
  return [
    ...texts.flatMap(([key]) => [
      ...check(`data[${key}]`, key, isConfigMapKey(key)),
      ...(Object.hasOwn(binaryData, key)
        ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')]
        : []),
    ]),
    ...binaries.flatMap(([key]) => check(`binaryData[${key}]`, key, isConfigMapKey(key))),
    // The error is about the whole object, whose path Go prints like this.
    ...(size > MAX_DATA_SIZE ? [tooLong('[]', '', MAX_DATA_SIZE)] : []),
  ];
}

/** Data that was declared immutable stays, and so does the declaration. */
export function validateImmutableData<T extends { immutable?: boolean }>(
  object: T,
  old: T,
  fields: readonly (keyof T & string)[],
): FieldError[] {
  if (old.immutable !== true) return [];
  const changed = fields.filter((field) => !deepEqual(object[field], old[field]));
  const lifted = object.immutable === true ? [] : ['immutable'];
  return [...lifted, ...changed].map((field) => forbidden(field, 'field is immutable when `immutable` is set'));
}
