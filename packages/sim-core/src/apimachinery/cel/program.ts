import { compileGoRegexp } from '../regex/go-regexp.ts';
import type { Regex } from '../regex/regex.ts';
import { FUNCTIONS, type FunctionContext } from './functions.ts';
import { isMacro, runMacro } from './macros.ts';
import { contains, equal, numberArithmetic, numberOf, select, sizeOf, timeArithmetic } from './operators.ts';
import { type Expression, parseCel } from './parse.ts';
import { CelDuration, CelError, CelTimestamp, compare, isMap, noSuchOverload } from './values.ts';

/** Variables by name; a comprehension's own hide those outside of it. */
export interface Scope {
  readonly name: string;
  readonly value: unknown;
  readonly outer: Scope | undefined;
}

/** An expression that can be evaluated again and again. */
export interface CelProgram {
  /** Variables and functions that it names and nobody knows; where there are some it cannot be evaluated. */
  readonly unknown: readonly string[];
  /** Whether the variable is named anywhere. */
  names(variable: string): boolean;
  /** @throws CelError */
  evaluate(variables: Readonly<Record<string, unknown>>, budget: Budget): unknown;
}

/** How much evaluating may still cost, in steps. */
export interface Budget {
  left: number;
}

/** What is said when the budget is used up (cel-go, interpreter). */
export const COST_EXCEEDED = 'operation cancelled: actual cost limit exceeded';

/** @throws CelSyntaxError */
export function compileCel(text: string, variables: readonly string[]): CelProgram {
  const expression = parseCel(text);
  const used = new Set<string>();
  const unknown = new Set<string>();
  collect(expression, variables, used, unknown);
  const regexes = new Map<string, Regex>();
  return {
    unknown: [...unknown],
    names: (variable) => used.has(variable),
    evaluate: (values, budget) => {
      const scope = Object.entries(values).reduce<Scope | undefined>(
        (outer, [name, value]) => ({ name, value, outer }),
        undefined,
      );
      return new Evaluation(budget, regexes).value(expression, scope);
    },
  };
}

function collect(expression: Expression, known: readonly string[], used: Set<string>, unknown: Set<string>): void {
  const below = (each: Expression, also: readonly string[] = []) => collect(each, [...known, ...also], used, unknown);
  switch (expression.type) {
    case 'name':
      if (known.includes(expression.name)) used.add(expression.name);
      else unknown.add(expression.name);
      return;
    case 'select':
      return below(expression.of);
    case 'index':
      below(expression.of);
      return below(expression.index);
    case 'list':
    case 'operator':
      for (const each of expression.type === 'list' ? expression.items : expression.args) below(each);
      return;
    case 'map':
      for (const pair of expression.entries) for (const each of pair) below(each);
      return;
    case 'call':
      return collectCall(expression, below, unknown);
    case 'literal':
      return;
  }
}

function collectCall(
  { of, name, args }: Extract<Expression, { type: 'call' }>,
  below: (each: Expression, also?: readonly string[]) => void,
  unknown: Set<string>,
): void {
  if (of !== undefined) below(of);
  const [first] = args;
  if (of !== undefined && isMacro(name) && first?.type === 'name') {
    for (const each of args.slice(1)) below(each, [first.name]);
    return;
  }
  if (name !== 'has' && !Object.hasOwn(FUNCTIONS, name)) unknown.add(`${name}()`);
  for (const each of args) below(each);
}

/** One evaluation, with what it may cost. */
export class Evaluation implements FunctionContext {
  readonly #budget: Budget;
  readonly #regexes: Map<string, Regex>;

  constructor(budget: Budget, regexes: Map<string, Regex>) {
    this.#budget = budget;
    this.#regexes = regexes;
  }

  value(expression: Expression, scope: Scope | undefined): unknown {
    this.#pay(1);
    switch (expression.type) {
      case 'literal':
        return expression.value;
      case 'name':
        return lookUp(expression.name, scope);
      case 'select':
        return select(this.value(expression.of, scope), expression.field, expression.optional);
      case 'index':
        return select(this.value(expression.of, scope), this.value(expression.index, scope), expression.optional);
      case 'list':
        return expression.items.map((item) => this.value(item, scope));
      case 'map':
        return Object.fromEntries(
          expression.entries.map(([key, value]) => [String(this.value(key, scope)), this.value(value, scope)]),
        );
      case 'operator':
        return this.#operate(expression.operator, expression.args, scope);
      case 'call':
        return this.#call(expression, scope);
    }
  }

  /** @throws CelError where it is no truth value */
  truth(expression: Expression, scope: Scope | undefined): boolean {
    const value = this.value(expression, scope);
    if (typeof value === 'boolean') return value;
    throw noSuchOverload();
  }

  regex(pattern: string): Regex {
    const known = this.#regexes.get(pattern);
    if (known !== undefined) return known;
    try {
      const compiled = compileGoRegexp(pattern);
      this.#regexes.set(pattern, compiled);
      return compiled;
    } catch (error) {
      throw new CelError(`error parsing regexp: ${(error as Error).message}`);
    }
  }

  #pay(cost: number): void {
    this.#budget.left -= cost;
    if (this.#budget.left < 0) throw new CelError(COST_EXCEEDED);
  }

  #call({ of, name, args }: Extract<Expression, { type: 'call' }>, scope: Scope | undefined): unknown {
    if (of === undefined && name === 'has') return this.#has(args[0], scope);
    if (of !== undefined && isMacro(name) && args[0]?.type === 'name') {
      return runMacro(this, name, this.value(of, scope), args, scope);
    }
    const given = [...(of === undefined ? [] : [of]), ...args].map((each) => this.value(each, scope));
    for (const each of given) this.#pay(costOf(name, each));
    const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (called === undefined) throw noSuchOverload();
    return called(this, ...given);
  }

  #has(field: Expression | undefined, scope: Scope | undefined): boolean {
    if (field?.type !== 'select') throw new CelError('invalid argument to has() macro');
    const of = this.value(field.of, scope);
    if (!isMap(of)) throw noSuchOverload();
    return Object.hasOwn(of, field.field) && of[field.field] !== undefined;
  }

  #operate(operator: string, args: readonly Expression[], scope: Scope | undefined): unknown {
    const [a, b, c] = args as [Expression, Expression, Expression];
    switch (operator) {
      case '&&':
        return this.#junction(a, b, scope, false);
      case '||':
        return this.#junction(a, b, scope, true);
      case '?:':
        return this.truth(a, scope) ? this.value(b, scope) : this.value(c, scope);
      case '!':
        return !this.truth(a, scope);
      case 'neg':
        return -numberOf(this.value(a, scope));
      default:
        return this.#binary(operator, this.value(a, scope), this.value(b, scope));
    }
  }

  /** Either side may decide alone, even where the other one fails. */
  #junction(a: Expression, b: Expression, scope: Scope | undefined, deciding: boolean): boolean {
    let failure: unknown;
    try {
      if (this.truth(a, scope) === deciding) return deciding;
    } catch (error) {
      if (!(error instanceof CelError) || error.message === COST_EXCEEDED) throw error;
      failure = error;
    }
    const second = this.truth(b, scope);
    if (second === deciding || failure === undefined) return second;
    throw failure;
  }

  #binary(operator: string, a: unknown, b: unknown): unknown {
    if (typeof a === 'object') this.#pay(sizeOf(a) / 10);
    switch (operator) {
      case '==':
        return equal(a, b);
      case '!=':
        return !equal(a, b);
      case '<':
        return compare(a, b) < 0;
      case '<=':
        return compare(a, b) <= 0;
      case '>':
        return compare(a, b) > 0;
      case '>=':
        return compare(a, b) >= 0;
      case 'in':
        return contains(b, a);
      default:
        return this.#arithmetic(operator, a, b);
    }
  }

  #arithmetic(operator: string, a: unknown, b: unknown): unknown {
    if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
      this.#pay((a.length + b.length) / 10);
      return a + b;
    }
    if (operator === '+' && Array.isArray(a) && Array.isArray(b)) {
      this.#pay(a.length + b.length);
      return [...a, ...b];
    }
    if (a instanceof CelTimestamp || a instanceof CelDuration) return timeArithmetic(operator, a, b);
    return numberArithmetic(operator, numberOf(a), numberOf(b));
  }
}

/** Looking through a text or a list costs by its length; patterns by its square, for the engine may look back. */
function costOf(name: string, value: unknown): number {
  if (typeof value !== 'string' && !Array.isArray(value)) return 0;
  return value.length / 10 + (name === 'matches' || name === 'find' ? (value.length * value.length) / 500 : 0);
}

function lookUp(name: string, scope: Scope | undefined): unknown {
  for (let at = scope; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  throw new CelError(`no such attribute(s): ${name}`);
}
