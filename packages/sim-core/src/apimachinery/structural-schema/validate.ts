import { deepEqual } from '../deep.ts';
import type { FieldError } from '../field-error.ts';
import { composite, memberPath, missing, moreThan, unfit } from './findings.ts';
import { isObject, type Json, type JsonSchema, memberSchema } from './json-schema.ts';
import { identityOf } from './list-items.ts';
import type { Matches } from './patterns.ts';
import { checkEnum, checkNumber, checkText, checkType } from './validate-scalar.ts';

/** What is wrong with a value, and how much of the schema was right: of several schemas the nearest is told of. */
interface Result {
  readonly errors: FieldError[];
  matched: number;
}

/** Parts of an object that are looked at at most; what is behind them is not checked. */
const MAX_STEPS = 2_000_000;
const MAX_ERRORS = 1000;
const MAX_SAID = 100_000;

/** A walk through one object. */
interface Walk {
  readonly matches: Matches;
  steps: number;
  /** How much was said of values that are none of many. */
  said: number;
}

/**
 * What of an object is not as its schema wants it, in kube-openapi's words and order
 * (k8s.io/kube-openapi/pkg/validation/validate/schema.go). Nothing that stood there before is held against an update
 * (ratcheting, apiextensions-apiserver/pkg/apiserver/validation/ratcheting.go).
 * @param old what is stored; undefined for a new object
 */
export function validateValue(schema: JsonSchema, value: unknown, old: unknown, matches: Matches): FieldError[] {
  return check({ matches, steps: 0, said: 0 }, schema, value, old, '').errors;
}

function check(walk: Walk, schema: JsonSchema, value: unknown, old: unknown, path: string): Result {
  const result: Result = { errors: [], matched: 0 };
  if (++walk.steps > MAX_STEPS) return result;
  if (old !== undefined && deepEqual(value, old)) return result;
  const typeError = checkType(schema, value, path);
  const own: FieldError[] = typeError ? [typeError] : [];
  if (value === null) {
    const enumError = checkEnum(schema, value, path);
    result.errors.push(...own, ...(enumError ? [enumError] : []));
    return result;
  }
  merge(result, { errors: own, matched: own.length === 0 ? 1 : 0 });
  checkCompositions(walk, result, schema, value, path);
  if (typeof value === 'string') result.errors.push(...checkText(schema, value, path, walk.matches));
  if (typeof value === 'number') result.errors.push(...checkNumber(schema, value, path));
  if (Array.isArray(value)) checkList(walk, result, schema, value, old, path);
  checkOneOfMany(walk, result, schema, value, path);
  if (isObject(value)) checkObject(walk, result, schema, value, old, path);
  return result;
}

/** Each such error tells all values that there are: of a long list it is said only so often. */
function checkOneOfMany(walk: Walk, result: Result, schema: JsonSchema, value: unknown, path: string): void {
  const error = walk.said > MAX_SAID ? undefined : checkEnum(schema, value, path);
  if (error === undefined) return;
  walk.said += schema.enum?.length ?? 0;
  result.errors.push(error);
}

function merge(into: Result, { errors, matched }: Result): void {
  if (into.errors.length < MAX_ERRORS) for (const error of errors) into.errors.push(error);
  into.matched += matched;
}

/** kube-openapi/pkg/validation/validate/schema_props.go */
function checkCompositions(walk: Walk, result: Result, schema: JsonSchema, value: unknown, path: string): void {
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  const tried = (each: JsonSchema) => check(walk, each, value, undefined, path);
  if (anyOf.length > 0) checkAnyOf(result, anyOf, tried, path);
  if (oneOf.length > 0) checkOneOf(result, oneOf, tried, path);
  if (allOf.length > 0) checkAllOf(result, allOf, tried, path);
  if (not !== undefined && tried(not).errors.length === 0) {
    result.errors.push(composite(path, 'must not validate the schema (not)'));
  }
}

type Try = (schema: JsonSchema) => Result;

function checkAnyOf(result: Result, schemas: readonly JsonSchema[], tried: Try, path: string): void {
  const failures: Result[] = [];
  for (const schema of schemas) {
    const each = tried(schema);
    if (each.errors.length === 0) return merge(result, each);
    failures.push(each);
  }
  result.errors.push(composite(path, 'must validate at least one schema (anyOf)'));
  merge(result, nearest(failures));
}

function checkOneOf(result: Result, schemas: readonly JsonSchema[], tried: Try, path: string): void {
  const results = schemas.map(tried);
  const valid = results.filter(({ errors }) => errors.length === 0);
  const [first] = valid;
  if (valid.length === 1 && first !== undefined) return merge(result, first);
  const found = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
  result.errors.push(composite(path, `must validate one and only one schema (oneOf). ${found}`));
  if (valid.length === 0) merge(result, nearest(results));
}

function checkAllOf(result: Result, schemas: readonly JsonSchema[], tried: Try, path: string): void {
  const results = schemas.map(tried);
  for (const each of results) merge(result, each);
  const valid = results.filter(({ errors }) => errors.length === 0).length;
  if (valid === schemas.length) return;
  result.errors.push(composite(path, `must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`));
}

/** The first of those that got furthest. */
function nearest(results: readonly Result[]): Result {
  return results.reduce((best, each) => (each.matched > best.matched ? each : best));
}

function checkList(
  walk: Walk,
  result: Result,
  schema: JsonSchema,
  list: readonly unknown[],
  old: unknown,
  path: string,
) {
  const { items, minItems, maxItems } = schema;
  if (items !== undefined) {
    const before = oldItems(schema, old);
    for (const [index, item] of list.entries()) {
      const id = before && identityOf(schema, item);
      merge(result, check(walk, items, item, id && before?.get(id), `${path}[${index}]`));
    }
  }
  if (minItems !== undefined && list.length < minItems) {
    result.errors.push(unfit(path, list.length, `should have at least ${minItems} items`));
  }
  if (maxItems !== undefined && list.length > maxItems) result.errors.push(moreThan(path, list.length, maxItems));
}

function oldItems(schema: JsonSchema, old: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map') return undefined;
  return new Map(old.map((item) => [identityOf(schema, item) ?? '', item]));
}

function checkObject(walk: Walk, result: Result, schema: JsonSchema, object: Json, old: unknown, path: string): void {
  const { minProperties, maxProperties, required = [], properties = {} } = schema;
  const before = isObject(old) ? old : {};
  const count = Object.keys(object).length;
  if (maxProperties !== undefined && count > maxProperties) result.errors.push(moreThan(path, count, maxProperties));
  if (minProperties !== undefined && count < minProperties) {
    result.errors.push(unfit(path, object, `should have at least ${minProperties} properties`));
  }
  for (const [name, member] of Object.entries(object)) {
    const below = memberSchema(schema, name);
    if (below === undefined || member === undefined) continue;
    merge(
      result,
      check(walk, below, member, Object.hasOwn(before, name) ? before[name] : undefined, memberPath(path, name)),
    );
  }
  if (Object.keys(properties).length > 0 || required.length > 0) result.matched++;
  for (const name of required) {
    if (!Object.hasOwn(object, name) || object[name] === undefined) result.errors.push(missing(path, name));
  }
}
