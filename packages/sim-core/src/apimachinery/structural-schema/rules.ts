import { type Budget, type CelProgram, COST_EXCEEDED, compileCel } from '../cel/program.ts';
import { CelSyntaxError } from '../cel/tokens.ts';
import { CelError, CelOptional } from '../cel/values.ts';
import { deepEqual } from '../deep.ts';
import { duplicate, type FieldError, forbidden, invalid, required } from '../field-error.ts';
import { NO_FIELD } from './findings.ts';
import { isObject, type JsonSchema, memberSchema, type ValidationRule } from './json-schema.ts';
import { identityOf } from './list-items.ts';

/** Steps that all rules of one object may take together (celconfig RuntimeCELCostBudget is in units of its own). */
const BUDGET = 3_000_000;
const VARIABLES: readonly string[] = Object.freeze(['self', 'oldSelf']);

/** Compiles rules, each once; undefined for what this evaluator cannot do: such a rule is taken as kept. */
export class RulePrograms {
  readonly #programs = new Map<string, CelProgram | undefined>();

  of(text: string): CelProgram | undefined {
    if (!this.#programs.has(text)) this.#programs.set(text, compiled(text));
    return this.#programs.get(text);
  }
}

function compiled(text: string): CelProgram | undefined {
  try {
    const program = compileCel(text, VARIABLES);
    return program.unknown.length === 0 ? program : undefined;
  } catch (error) {
    if (error instanceof CelSyntaxError) return undefined;
    throw error;
  }
}

/** One check of an object against the rules of its schema. */
interface Check {
  readonly programs: RulePrograms;
  readonly budget: Budget;
  readonly errors: FieldError[];
  readonly isUpdate: boolean;
}

/**
 * What the rules of a schema (`x-kubernetes-validations`) say against an object
 * (apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go).
 * @param old what is stored; undefined for a new object
 */
export function brokenRules(schema: JsonSchema, value: unknown, old: unknown, programs: RulePrograms): FieldError[] {
  const check: Check = { programs, budget: { left: BUDGET }, errors: [], isUpdate: old !== undefined };
  walk(check, schema, value, old, '');
  return check.errors;
}

function walk(check: Check, schema: JsonSchema, value: unknown, old: unknown, path: string): void {
  if (value === null || value === undefined || check.budget.left < 0) return;
  const isUnchanged = old !== undefined && deepEqual(value, old);
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    // What was there before is not held against an update; rules about changes see that there was none.
    if (isUnchanged && !speaksOfOld(check, rule)) continue;
    applyRule(check, schema, rule, value, old, path);
  }
  for (const part of schema.allOf ?? []) walk(check, { 'x-kubernetes-validations': [], ...part }, value, old, path);
  if (Array.isArray(value)) walkItems(check, schema, value, old, path);
  else if (isObject(value)) walkMembers(check, schema, value, old, path);
}

function speaksOfOld({ programs }: Check, { rule }: ValidationRule): boolean {
  return programs.of(rule)?.names('oldSelf') === true;
}

function walkItems(check: Check, schema: JsonSchema, list: readonly unknown[], old: unknown, path: string): void {
  const { items } = schema;
  if (items === undefined) return;
  const before = new Map((Array.isArray(old) ? old : []).map((item) => [identityOf(schema, item), item]));
  for (const [index, item] of list.entries()) {
    const id = identityOf(schema, item);
    walk(check, items, item, id === undefined ? undefined : before.get(id), `${path}[${index}]`);
  }
}

function walkMembers(
  check: Check,
  schema: JsonSchema,
  object: Readonly<Record<string, unknown>>,
  old: unknown,
  path: string,
): void {
  for (const [name, member] of Object.entries(object)) {
    const below = memberSchema(schema, name);
    if (below === undefined) continue;
    const isField = schema.properties !== undefined && Object.hasOwn(schema.properties, name);
    const at = path === '' ? name : isField ? `${path}.${name}` : `${path}[${name}]`;
    walk(check, below, member, isObject(old) ? old[name] : undefined, at);
  }
}

function applyRule(
  check: Check,
  schema: JsonSchema,
  rule: ValidationRule,
  value: unknown,
  old: unknown,
  path: string,
): void {
  const program = check.programs.of(rule.rule);
  if (program === undefined) return;
  const needsOld = program.names('oldSelf');
  if (needsOld && old === undefined && rule.optionalOldSelf !== true) return;
  const oldSelf = rule.optionalOldSelf === true ? new CelOptional(old !== undefined, old) : old;
  const variables = { self: value, ...(needsOld && { oldSelf }) };
  try {
    if (program.evaluate(variables, check.budget) === true) return;
    check.errors.push(errorOf(rule, messageOf(check, rule, variables), schema, path));
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    check.errors.push(invalid(path === '' ? NO_FIELD : path, typeOf(schema), failureText(error.message, rule)));
  }
}

function errorOf(
  { reason, fieldPath = '' }: ValidationRule,
  message: string,
  schema: JsonSchema,
  path: string,
): FieldError {
  const below = fieldPath.replace(/\['([^']*)'\]/g, '[$1]');
  const at = path === '' ? below.replace(/^\./, '') : `${path}${below}`;
  const field = at === '' ? NO_FIELD : at;
  switch (reason) {
    case 'FieldValueRequired':
      return required(field, message);
    case 'FieldValueForbidden':
      return forbidden(field, message);
    case 'FieldValueDuplicate':
      return { ...duplicate(field, typeOf(schema)), detail: message };
    default:
      return invalid(field, typeOf(schema), message);
  }
}

/** The bad value of such an error is the type of what the rule is about. */
function typeOf(schema: JsonSchema): string {
  return schema['x-kubernetes-int-or-string'] === true ? 'dyn' : (schema.type ?? 'object');
}

function messageOf(
  check: Check,
  { message = '', messageExpression, rule }: ValidationRule,
  variables: Readonly<Record<string, unknown>>,
): string {
  const program = messageExpression === undefined ? undefined : check.programs.of(messageExpression);
  if (program !== undefined) {
    try {
      const text = program.evaluate(variables, check.budget);
      if (typeof text === 'string' && text.trim() !== '' && !text.includes('\n')) return text.trim();
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
    }
  }
  return message.trim() === '' ? `failed rule: ${ruleText(rule)}` : message.trim();
}

function ruleText(rule: string): string {
  return rule.trim();
}

function failureText(error: string, { rule }: ValidationRule): string {
  if (error === COST_EXCEEDED) {
    return `'${error}': no further validation rules will be run due to call cost exceeds limit for rule: ${ruleText(rule)}`;
  }
  if (error.startsWith('no such overload')) {
    return `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${ruleText(rule)}`;
  }
  return `${error} evaluating rule: ${ruleText(rule)}`;
}
