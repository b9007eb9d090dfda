import { CelSyntaxError, type Token, tokenize } from './tokens.ts';

/** An expression of the Common Expression Language, taken apart (cel-spec/doc/langdef.md). */
export type Expression =
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'select'; readonly of: Expression; readonly field: string; readonly optional: boolean }
  | { readonly type: 'index'; readonly of: Expression; readonly index: Expression; readonly optional: boolean }
  | {
      readonly type: 'call';
      readonly of: Expression | undefined;
      readonly name: string;
      readonly args: readonly Expression[];
      readonly at: number;
    }
  | { readonly type: 'operator'; readonly operator: string; readonly args: readonly Expression[] }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] };

/** By how strongly binary operators bind. */
const STRENGTH: Readonly<Record<string, number>> = Object.freeze({
  '||': 1,
  '&&': 2,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '==': 3,
  '!=': 3,
  in: 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
});

/** Deeper expressions are refused, as cel-go does (its recursion limit). */
const MAX_DEPTH = 250;
const LITERALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** @throws CelSyntaxError */
export function parseCel(text: string): Expression {
  return new Parser(tokenize(text)).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#peek.type !== 'end') throw this.#unexpected();
    return expression;
  }

  get #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(): Token {
    const token = this.#peek;
    if (token.type !== 'end') this.#next++;
    return token;
  }

  #is(text: string): boolean {
    const { type } = this.#peek;
    return (type === 'operator' || type === 'name') && this.#peek.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected();
  }

  #unexpected(): CelSyntaxError {
    const { text, type, at } = this.#peek;
    return new CelSyntaxError(`Syntax error: ${type === 'end' ? 'mismatched' : 'extraneous'} input '${text}'`, at);
  }

  #expression(): Expression {
    if (++this.#depth > MAX_DEPTH) throw new CelSyntaxError('expression recursion limit exceeded: 250', this.#peek.at);
    const condition = this.#binary(1);
    this.#depth--;
    if (!this.#accept('?')) return condition;
    const yes = this.#binary(1);
    this.#expect(':');
    return { type: 'operator', operator: '?:', args: [condition, yes, this.#expression()] };
  }

  #binary(least: number): Expression {
    let left = this.#unary();
    for (;;) {
      const { text, type } = this.#peek;
      const strength = type === 'operator' || text === 'in' ? (STRENGTH[text] ?? 0) : 0;
      if (strength < least) return left;
      this.#next++;
      left = { type: 'operator', operator: text, args: [left, this.#binary(strength + 1)] };
    }
  }

  #unary(): Expression {
    const signs: string[] = [];
    while (this.#is('!') || this.#is('-')) signs.push(this.#take().text);
    const value = this.#member();
    return signs.reduceRight<Expression>(
      (inner, sign) => ({ type: 'operator', operator: sign === '!' ? '!' : 'neg', args: [inner] }),
      value,
    );
  }

  #member(): Expression {
    let value = this.#primary();
    for (;;) {
      if (this.#is('.') || this.#is('.?')) {
        const optional = this.#take().text === '.?';
        const { type, text, at } = this.#take();
        if (type !== 'name') throw new CelSyntaxError(`Syntax error: no viable alternative at input '.${text}'`, at);
        value =
          !optional && this.#accept('(')
            ? { type: 'call', of: value, name: text, args: this.#list(')'), at }
            : { type: 'select', of: value, field: unescapeField(text), optional };
      } else if (this.#is('[') || this.#is('[?')) {
        const optional = this.#take().text === '[?';
        const index = this.#expression();
        this.#expect(']');
        value = { type: 'index', of: value, index, optional };
      } else return value;
    }
  }

  #primary(): Expression {
    const token = this.#take();
    if (token.type === 'number' || token.type === 'string') return { type: 'literal', value: token.value };
    if (token.type === 'name') return this.#named(token);
    if (token.text === '(') {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (token.text === '[') return { type: 'list', items: this.#list(']') };
    if (token.text === '{') return { type: 'map', entries: this.#entries() };
    if (token.text === '.') return this.#primary();
    if (token.type !== 'end') this.#next--;
    throw this.#unexpected();
  }

  #named({ text, at }: Token): Expression {
    if (LITERALS.has(text)) return { type: 'literal', value: LITERALS.get(text) };
    if (this.#accept('(')) return { type: 'call', of: undefined, name: text, args: this.#list(')'), at };
    return { type: 'name', name: text, at };
  }

  #list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#accept(end)) {
      items.push(this.#expression());
      if (!this.#is(end)) this.#expect(',');
    }
    return items;
  }

  #entries(): [Expression, Expression][] {
    const entries: [Expression, Expression][] = [];
    while (!this.#accept('}')) {
      const key = this.#expression();
      this.#expect(':');
      entries.push([key, this.#expression()]);
      if (!this.#is('}')) this.#expect(',');
    }
    return entries;
  }
}

const SIGNS: Readonly<Record<string, string>> = Object.freeze({
  __dot__: '.',
  __dash__: '-',
  __slash__: '/',
  __underscores__: '__',
});

/** The field that a name in an expression stands for: what is no name in CEL is written with underscores. */
function unescapeField(name: string): string {
  if (!name.includes('__')) return name;
  const reserved = /^__([a-z]+)__$/.exec(name)?.[1];
  if (reserved !== undefined && SIGNS[name] === undefined) return reserved;
  return name.replace(/__(dot|dash|slash|underscores)__/g, (sign) => SIGNS[sign] ?? sign);
}
