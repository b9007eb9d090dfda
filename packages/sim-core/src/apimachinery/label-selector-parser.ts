import { type FieldError, invalid, toAggregate } from './field-error.ts';
import type { LabelSelector, LabelSelectorRequirement } from './label-selector.ts';
import { newBadRequest } from './status-error.ts';
import { isQualifiedName, isValidLabelValue } from './validation/names.ts';

const TOKEN = /==|!=|[=!(),<>]|[^ \t\r\n=!(),<>]+/g;
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['in', 'In'],
  ['notin', 'NotIn'],
  ['=', 'In'],
  ['==', 'In'],
  ['!=', 'NotIn'],
  ['>', 'Gt'],
  ['<', 'Lt'],
]);
const END = '';

function isIdentifier(token: string): boolean {
  return token !== END && !/^[=!(),<>]/.test(token);
}

function compareKeys(a: LabelSelectorRequirement, b: LabelSelectorRequirement): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** A recursive descent over the tokens, one method per rule of the grammar in `k8s.io/apimachinery/pkg/labels/selector.go`. */
class SelectorParser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(TOKEN) ?? [];
  }

  parse(): LabelSelectorRequirement[] {
    const rows: LabelSelectorRequirement[] = [];
    while (this.#peek() !== END) {
      if (!this.#startsRequirement()) throw this.#found(this.#peek(), "!, identifier, or 'end of string'");
      rows.push(this.#requirement());
      const next = this.#next();
      if (next === END) break;
      if (next !== ',') throw this.#found(next, "',' or 'end of string'");
      if (!this.#startsRequirement()) throw this.#found(this.#peek(), "identifier after ','");
    }
    return rows.sort(compareKeys);
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? END;
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? END;
  }

  #startsRequirement(): boolean {
    return this.#peek() === '!' || isIdentifier(this.#peek());
  }

  #found(token: string, expected: string, within = ''): Error {
    return newBadRequest(`${within}found '${token}', expected: ${expected}`);
  }

  #fail(token: string, expected: string): Error {
    return this.#found(token, expected, 'unable to parse requirement: ');
  }

  #requirement(): LabelSelectorRequirement {
    const negated = this.#peek() === '!';
    if (negated) this.#next();
    const key = this.#next();
    if (!isIdentifier(key)) throw this.#fail(key, 'identifier');
    this.#check(isQualifiedName(key), (message) => invalid('<nil>', key, message));
    if (negated) return { key, operator: 'DoesNotExist' };
    if (this.#peek() === END || this.#peek() === ',') return { key, operator: 'Exists' };
    const symbol = this.#next();
    const operator = OPERATORS.get(symbol);
    if (!operator) throw this.#fail(symbol, 'in, notin, =, ==, !=, gt, lt');
    const values = symbol === 'in' || symbol === 'notin' ? this.#values() : [this.#exactValue()];
    this.#checkValues(key, operator, values);
    return { key, operator, values };
  }

  #exactValue(): string {
    if (this.#peek() === END || this.#peek() === ',') return '';
    const value = this.#next();
    if (!isIdentifier(value)) throw this.#fail(value, 'identifier');
    return value;
  }

  /** `(a,b)`; nothing between two separators is the empty value. */
  #values(): string[] {
    const open = this.#next();
    if (open !== '(') throw newBadRequest(`unable to parse requirement: found '${open}' expected: '('`);
    const values = new Set<string>();
    for (;;) {
      values.add(isIdentifier(this.#peek()) ? this.#next() : '');
      const separator = this.#next();
      if (separator === ')') return [...values].sort();
      if (separator !== ',') throw this.#fail(separator, "',' or ')'");
    }
  }

  #checkValues(key: string, operator: string, values: readonly string[]): void {
    values.forEach((value, i) => {
      const messages = isValidLabelValue(value);
      if ((operator === 'Gt' || operator === 'Lt') && !/^[-+]?\d+$/.test(value)) {
        this.#check(["for 'Gt', 'Lt' operators, the value must be an integer"], (m) =>
          invalid(`values[${i}]`, value, m),
        );
      }
      this.#check(messages, (message) => invalid(`values[${i}][${key}]`, value, message));
    });
  }

  #check(messages: readonly string[], toError: (message: string) => FieldError): void {
    if (messages.length === 0) return;
    throw newBadRequest(`unable to parse requirement: ${toAggregate([toError(messages.join('; '))])}`);
  }
}

/**
 * Reads a selector string as `kubectl -l` and the labelSelector parameter have it: `a=b,c!=d,e in (f,g),h,!i,j>1`. An empty
 * one selects everything. Throws a StatusError (BadRequest) with the API server's words.
 */
export function parseLabelSelector(text: string): LabelSelector {
  return { matchExpressions: new SelectorParser(text).parse() };
}
