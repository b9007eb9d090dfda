import type { FieldError } from '../field-error.ts';
import { longerThan, notInEnum, unfit, wrongType } from './findings.ts';
import { isKnownFormat, isOfFormat } from './formats.ts';
import { isObject, type JsonSchema } from './json-schema.ts';
import { canonicalJson } from './list-items.ts';
import type { Matches } from './patterns.ts';

/** The type of a value in JSON schema's words, and the format that Go's value of it has. */
function kindOf(value: unknown): { type: string; format: string } {
  if (typeof value === 'boolean') return { type: 'boolean', format: '' };
  if (typeof value === 'string') return { type: 'string', format: '' };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { type: 'integer', format: 'int64' } : { type: 'number', format: 'double' };
  }
  return { type: isObject(value) ? 'object' : 'array', format: '' };
}

/** kube-openapi/pkg/validation/validate/type.go */
export function checkType(schema: JsonSchema, value: unknown, path: string): FieldError | undefined {
  const types =
    schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : schema.type ? [schema.type] : [];
  if (value === null) {
    return types.length === 0 || schema.nullable === true ? undefined : wrongType(path, types.join(','), 'null');
  }
  if (types.length === 0) return undefined;
  const { type, format } = kindOf(value);
  const fits = types.includes(type) || (type === 'integer' && types.includes('number'));
  const isText = typeof value === 'string' || Array.isArray(value);
  if (!isText && schema.format && isKnownFormat(schema.format) && !fits) return wrongType(path, schema.format, format);
  const isNumeric = types.includes('number') || types.includes('integer');
  if (!isNumeric && schema.format && isKnownFormat(schema.format) && isText) return undefined;
  return fits ? undefined : wrongType(path, types.join(','), type);
}

/** Lengths, pattern and format of a text; its length is counted in runes. */
export function checkText(schema: JsonSchema, text: string, path: string, matches: Matches): FieldError[] {
  const { maxLength, minLength, pattern, format } = schema;
  const errors: FieldError[] = [];
  const length = maxLength === undefined && minLength === undefined ? 0 : runes(text);
  if (maxLength !== undefined && length > maxLength) errors.push(longerThan(path, text, maxLength));
  if (minLength !== undefined && length < minLength) {
    errors.push(unfit(path, text, `should be at least ${minLength} chars long`));
  }
  if (pattern && !matches(pattern, text)) {
    errors.push(unfit(path, text, `should match '${pattern}'`));
  }
  if (format && !isOfFormat(format, text)) {
    const error = wrongType(path, format, text);
    errors.push({ ...error, badValue: text });
  }
  return errors;
}

function runes(text: string): number {
  let count = 0;
  for (const _rune of text) count++;
  return count;
}

/** kube-openapi/pkg/validation/validate/validator.go, numberValidator */
export function checkNumber(schema: JsonSchema, value: number, path: string): FieldError[] {
  const { multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum } = schema;
  const errors: FieldError[] = [];
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
    errors.push(unfit(path, value, `should be a multiple of ${multipleOf}`));
  }
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    errors.push(unfit(path, value, `should be less than ${exclusiveMaximum === true ? '' : 'or equal to '}${maximum}`));
  }
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    errors.push(
      unfit(path, value, `should be greater than ${exclusiveMinimum === true ? '' : 'or equal to '}${minimum}`),
    );
  }
  return errors;
}

function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

/** `enum` */
export function checkEnum(schema: JsonSchema, value: unknown, path: string): FieldError | undefined {
  const { enum: values } = schema;
  if (values === undefined || values.length === 0) return undefined;
  if (value === null && schema.nullable === true && values.includes(null)) return undefined;
  const isScalar = typeof value !== 'object' || value === null;
  const isOne = isScalar ? values.includes(value) : values.some((each) => canonicalJson(each) === canonicalJson(value));
  return isOne ? undefined : notInEnum(path, value, values);
}
