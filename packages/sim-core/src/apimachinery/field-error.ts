import { GoLiteral, goQuote, goSyntax } from './go-syntax.ts';

/** What is wrong with a field; the same words as `reason` in a Status cause. */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'InternalError'
  | 'FieldValueTypeInvalid';

/**
 * One validation error at one field (`field.Error`). `field` is a path as Go prints it (`spec.ports[0].name`,
 * `data[my key]`); `detail` may be empty.
 */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly badValue?: unknown;
  readonly detail: string;
}

const TITLES: Readonly<Record<FieldErrorType, string>> = Object.freeze({
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
  InternalError: 'Internal error',
  FieldValueTypeInvalid: 'Invalid value',
});

/** Stands for a bad value that is not shown (`field.OmitValueType`). */
export const OMITTED: unique symbol = Symbol('omitted');

const WITHOUT_VALUE: readonly FieldErrorType[] = Object.freeze([
  'FieldValueRequired',
  'FieldValueForbidden',
  'FieldValueTooLong',
  'InternalError',
] as const);

/** A value that must be given is not. */
export function required(field: string, detail = ''): FieldError {
  return { type: 'FieldValueRequired', field, detail };
}

/** A value is malformed or out of bounds. Give a {@link GoLiteral} where Go would print a typed struct. */
export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, badValue: value, detail };
}

/** A value has the wrong type for its field. */
export function typeInvalid(field: string, value: unknown, detail: string): FieldError {
  return { type: 'FieldValueTypeInvalid', field, badValue: value, detail };
}

/** An enum value nobody knows. The order of `validValues` is kept: upstream sorts some of its lists, not all. */
export function notSupported(field: string, value: unknown, validValues: readonly string[]): FieldError {
  const detail = validValues.length > 0 ? `supported values: ${validValues.map(goQuote).join(', ')}` : '';
  return { type: 'FieldValueNotSupported', field, badValue: value, detail };
}

/** A value that must be unique is there twice. */
export function duplicate(field: string, value: unknown): FieldError {
  return { type: 'FieldValueDuplicate', field, badValue: value, detail: '' };
}

/** A well-formed value that the other fields do not permit. */
export function forbidden(field: string, detail: string): FieldError {
  return { type: 'FieldValueForbidden', field, detail };
}

/** A value that refers to something which is not there. */
export function notFound(field: string, value: unknown): FieldError {
  return { type: 'FieldValueNotFound', field, badValue: value, detail: '' };
}

/** A value longer than `max` bytes; the value itself is not printed. */
export function tooLong(field: string, value: unknown, max: number): FieldError {
  const detail = `may not be more than ${max} ${max === 1 ? 'byte' : 'bytes'}`;
  return { type: 'FieldValueTooLong', field, badValue: value, detail };
}

/** A list of `actual` items where at most `max` are allowed. */
export function tooMany(field: string, actual: number, max: number): FieldError {
  const detail = `must have at most ${max} ${max === 1 ? 'item' : 'items'}`;
  return { type: 'FieldValueTooMany', field, badValue: actual, detail };
}

function formatValue(value: unknown): string {
  // Go prints a nil bad value as the quoted string "null".
  return value === null || value === undefined ? '"null"' : goSyntax(value);
}

/** The message of an error without its field, as a Status cause carries it (`Error.ErrorBody`). */
export function formatFieldErrorBody(error: FieldError): string {
  const title = TITLES[error.type];
  const hidden = WITHOUT_VALUE.includes(error.type) || error.badValue === OMITTED;
  const body = hidden ? title : `${title}: ${formatValue(error.badValue)}`;
  return error.detail === '' ? body : `${body}: ${error.detail}`;
}

/** `spec.replicas: Invalid value: -1: must be greater than or equal to 0` (`Error.Error`). */
export function formatFieldError(error: FieldError): string {
  return `${error.field}: ${formatFieldErrorBody(error)}`;
}

/**
 * All errors as one text (`ErrorList.ToAggregate`): equal texts once; one error bare, several as `[a, b]`; none is ''.
 */
export function toAggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(formatFieldError))];
  return texts.length > 1 ? `[${texts.join(', ')}]` : (texts[0] ?? '');
}

export { GoLiteral };
