import { type FieldError, invalid, notSupported, required, tooLong, tooMany, typeInvalid } from '../field-error.ts';
import { goUnstructured } from './go-unstructured.ts';

/** What stands in the place of a field where an error is about the whole object (a nil field.Path in Go). */
export const NO_FIELD = '<nil>';

/** The place of a member; '' is the whole object. */
export function memberPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/* What kube-openapi says of values (k8s.io/kube-openapi/pkg/validation/errors/schema.go), as the API server passes it on
   (apiextensions-apiserver/pkg/apiserver/validation/validation.go, kubeOpenAPIResultToFieldErrors). */

/** `spec.replicas in body …` */
function inBody(path: string, message: string): string {
  return `${path} in body ${message}`;
}

function fieldOf(path: string): string {
  return path === '' ? NO_FIELD : path;
}

/** @param found what is there instead: a type, or the value where its format is wrong */
export function wrongType(path: string, type: string, found: string): FieldError {
  const shown = JSON.stringify(found);
  return typeInvalid(fieldOf(path), found, inBody(path, `must be of type ${type}: ${shown}`));
}

export function missing(path: string, name: string): FieldError {
  return required(memberPath(path, name));
}

export function notInEnum(path: string, value: unknown, values: readonly unknown[]): FieldError {
  const texts = values.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  return notSupported(fieldOf(path), goUnstructured(value), texts);
}

export function longerThan(path: string, value: unknown, max: number): FieldError {
  return tooLong(fieldOf(path), value, max);
}

export function moreThan(path: string, actual: number, max: number): FieldError {
  return tooMany(fieldOf(path), actual, max);
}

/** Everything else: `spec.size in body should be at least 3 chars long`. */
export function unfit(path: string, value: unknown, message: string): FieldError {
  return invalid(fieldOf(path), goUnstructured(value), inBody(path, message));
}

/** What is said of several schemas at once never names a field. */
export function composite(path: string, message: string): FieldError {
  return invalid(NO_FIELD, '', `${JSON.stringify(path)} ${message}`);
}
