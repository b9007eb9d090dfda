import { goString, goSyntax } from '../go-syntax.ts';
import { isObject } from '../patch/json-object.ts';
import type { ScalarType } from '../schema/types.ts';
import { type PathElement, printPath } from './path-element.ts';
import { identify, isNamedField, isSet, isUndeclared, type Place, placeAt } from './structure.ts';

const MAX_ERRORS = 100;

/**
 * What keeps an applied configuration from being of its type, in the words of structured-merge-diff
 * (typed/validate.go): `.spec.replica: field not declared in schema`.
 */
export function typedErrors(place: Place, value: unknown): string[] {
  const errors: string[] = [];
  check(errors, place, value, []);
  return errors;
}

/** Several errors as one text (typed/helpers.go, ValidationErrors.Error). */
export function joinTypedErrors(errors: readonly string[]): string {
  return errors.length === 1 ? (errors[0] ?? '') : ['errors:', ...errors.map((error) => `  ${error}`)].join('\n');
}

function check(errors: string[], place: Place, value: unknown, path: PathElement[]): void {
  const { type } = place;
  if (value === null || type === undefined || isUndeclared(place) || errors.length >= MAX_ERRORS) return;
  if (type.kind === 'scalar') return report(errors, path, scalarError(type, value));
  if (type.kind === 'list') {
    if (!Array.isArray(value)) return report(errors, path, `expected list, got ${printed(value)}`);
    return checkItems(errors, place, value, path);
  }
  if (!isObject(value)) return report(errors, path, `expected map, got ${printed(value)}`);
  for (const [name, member] of Object.entries(value)) {
    const element = `f:${name}`;
    path.push(element);
    if (type.kind === 'map' || isNamedField(place, name)) check(errors, placeAt(place, element), member, path);
    else report(errors, path, 'field not declared in schema');
    path.pop();
  }
}

function checkItems(errors: string[], place: Place, list: readonly unknown[], path: PathElement[]): void {
  const identified = place.tags.atomic !== true && (place.tags.listMapKeys !== undefined || isSet(place));
  const seen = new Set<PathElement>();
  for (const [index, item] of list.entries()) {
    const element = identified ? identify(place, item) : `i:${index}`;
    if (typeof element !== 'string') return report(errors, path, `element ${index}: ${element.message}`);
    if (seen.has(element)) report(errors, path, `duplicate entries for key ${printPath([element])}`);
    seen.add(element);
    path.push(element);
    check(errors, placeAt(place, element), item, path);
    path.pop();
  }
}

function scalarError({ scalar }: ScalarType, value: unknown): string | undefined {
  switch (scalar) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : `expected boolean, got ${printed(value)}`;
    case 'int32':
    case 'int64':
    case 'double':
      return typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goTypeOf(value)}`;
    case 'intOrString':
    case 'quantity':
    case 'any':
      return undefined;
    default:
      return typeof value === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
  }
}

/** A value behind its interface, as `%v` prints it. */
function printed(value: unknown): string {
  return `&{${goString(value)}}`;
}

function goTypeOf(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

function report(errors: string[], path: readonly PathElement[], message: string | undefined): void {
  if (message === undefined) return;
  const field = printPath(path);
  errors.push(field === '' ? message : `${field}: ${message}`);
}
