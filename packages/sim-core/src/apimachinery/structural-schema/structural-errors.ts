import { compileCel } from '../cel/program.ts';
import { CelSyntaxError, syntaxText } from '../cel/tokens.ts';
import { type FieldError, forbidden, formatFieldError, invalid, required } from '../field-error.ts';
import { GoLiteral, goQuote } from '../go-syntax.ts';
import { compileGoRegexp } from '../regex/go-regexp.ts';
import type { JsonSchema, ValidationRule } from './json-schema.ts';
import { junctionParts, structureParts } from './parts.ts';

type Level = 'root' | 'item' | 'field';

const NO_TYPE: Readonly<Record<Level, string>> = Object.freeze({
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
});

/** What must be said outside of allOf, anyOf, oneOf and not, with what "nothing" is for it. */
const OUTSIDE: Readonly<Record<string, string>> = Object.freeze({
  type: 'must be empty to be structural',
  additionalProperties: 'must be undefined to be structural',
  default: 'must be undefined to be structural',
  title: 'must be empty to be structural',
  description: 'must be empty to be structural',
  nullable: 'must be false to be structural',
  'x-kubernetes-preserve-unknown-fields': 'must be false to be structural',
  'x-kubernetes-embedded-resource': 'must be false to be structural',
  'x-kubernetes-int-or-string': 'must be false to be structural',
  'x-kubernetes-list-map-keys': 'must be empty to be structural',
  'x-kubernetes-list-type': 'must be undefined to be structural',
  'x-kubernetes-map-type': 'must be undefined to be structural',
  'x-kubernetes-validations': 'must be empty to be structural',
});

/**
 * What keeps a schema from being structural, sorted as the API server sorts it
 * (apiextensions-apiserver/pkg/apiserver/schema/validation.go ValidateStructural).
 */
export function structuralErrors(schema: JsonSchema, path: string): FieldError[] {
  const errors = invariantErrors(schema, 'root', path);
  return errors.sort((a, b) => (formatFieldError(a) < formatFieldError(b) ? -1 : 1));
}

function invariantErrors(schema: JsonSchema, level: Level, path: string): FieldError[] {
  const { type, items, additionalProperties, properties = {} } = schema;
  const errors: FieldError[] = [];
  if (type === 'array' && items === undefined) errors.push(required(`${path}.items`, 'must be specified'));
  if (level === 'root' && additionalProperties !== undefined) {
    errors.push(forbidden(`${path}.additionalProperties`, 'must not be used at the root'));
  }
  errors.push(...typeErrors(schema, level, path), ...patternErrors(schema, path), ...ruleErrors(schema, path));
  if (level === 'root' && properties.metadata !== undefined) {
    errors.push(...metadataErrors(properties.metadata, `${path}.properties[metadata]`));
  }
  for (const part of structureParts(schema, path)) {
    errors.push(...invariantErrors(part.schema, part.path === `${path}.items` ? 'item' : 'field', part.path));
  }
  for (const part of junctionParts(schema, path)) {
    if (!isIntOrString(schema, part.path, path)) errors.push(...nestedErrors(part.schema, schema, part.path));
  }
  return errors;
}

function typeErrors(schema: JsonSchema, level: Level, path: string): FieldError[] {
  const { type } = schema;
  const field = `${path}.type`;
  if (schema['x-kubernetes-embedded-resource'] === true && type !== 'object') {
    const message = 'must be object if x-kubernetes-embedded-resource is true';
    return [type ? invalid(field, type, message) : required(field, message)];
  }
  const isFree =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (!type) return isFree ? [] : [required(field, NO_TYPE[level])];
  return level === 'root' && type !== 'object' ? [invalid(field, type, 'must be object at the root')] : [];
}

function patternErrors({ pattern }: JsonSchema, path: string): FieldError[] {
  if (!pattern) return [];
  try {
    compileGoRegexp(pattern);
    return [];
  } catch (error) {
    const why = `error parsing regexp: ${(error as Error).message}`;
    return [invalid(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${why}`)];
  }
}

function ruleErrors(schema: JsonSchema, path: string): FieldError[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap((rule, index) => {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    if (!rule.rule?.trim()) return [required(`${at}.rule`, 'rule is not specified')];
    try {
      compileCel(rule.rule, []);
      return [];
    } catch (error) {
      if (!(error instanceof CelSyntaxError)) throw error;
      return [invalid(`${at}.rule`, goRule(rule), `compilation failed: ${syntaxText(error, rule.rule)}`)];
    }
  });
}

function goRule({ rule, message = '', messageExpression = '', fieldPath = '' }: ValidationRule): GoLiteral {
  const texts = `Rule:${goQuote(rule)}, Message:${goQuote(message)}, MessageExpression:${goQuote(messageExpression)}`;
  const rest = `Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:${goQuote(fieldPath)}, OptionalOldSelf:(*bool)(nil)`;
  return new GoLiteral(`apiextensions.ValidationRule{${texts}, ${rest}}`);
}

function metadataErrors(metadata: JsonSchema, path: string): FieldError[] {
  const { type, properties = {}, description: _description, ...rest } = metadata;
  const strangers = Object.keys(properties).filter((name) => name !== 'name' && name !== 'generateName');
  const errors = type === 'object' ? [] : [invalid(`${path}.type`, type ?? '', 'must be object')];
  if (strangers.length === 0 && Object.keys(rest).length === 0) return errors;
  const message = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
  return [...errors, forbidden(path, message)];
}

/** `anyOf: [{type: integer}, {type: string}]` may stand beside x-kubernetes-int-or-string, also as the first of allOf. */
function isIntOrString(schema: JsonSchema, partPath: string, path: string): boolean {
  if (schema['x-kubernetes-int-or-string'] !== true) return false;
  const isPattern = (list: readonly JsonSchema[] | undefined) =>
    list?.length === 2 && list[0]?.type === 'integer' && list[1]?.type === 'string';
  if (partPath.startsWith(`${path}.anyOf[`)) return isPattern(schema.anyOf);
  return partPath === `${path}.allOf[0]` && isPattern(schema.allOf?.[0]?.anyOf);
}

/** What is restricted must be specified outside as well (validateStructuralCompleteness). */
function nestedErrors(schema: JsonSchema, outside: JsonSchema | undefined, path: string): FieldError[] {
  const errors = patternErrors(schema, path);
  for (const [field, message] of Object.entries(OUTSIDE)) {
    const value = (schema as Readonly<Record<string, unknown>>)[field];
    if (value !== undefined && value !== false && value !== '') errors.push(forbidden(`${path}.${field}`, message));
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const below = `${path}.properties[${name}]`;
    if (name === 'metadata') errors.push(forbidden(below, 'must not be specified in a nested context'));
    const declared = outside?.properties?.[name];
    if (outside !== undefined && declared === undefined && typeof outside.additionalProperties !== 'object') {
      const structure = path.replace(/\.(anyOf|allOf|oneOf)\[\d+\]|\.not(?=\.|$)/g, '');
      errors.push(required(`${structure}.properties[${name}]`, `because it is defined in ${below}`));
    }
    errors.push(...nestedErrors(property, declared, below));
  }
  if (schema.items !== undefined) errors.push(...nestedErrors(schema.items, outside?.items, `${path}.items`));
  for (const part of junctionParts(schema, path)) errors.push(...nestedErrors(part.schema, outside, part.path));
  return errors;
}
