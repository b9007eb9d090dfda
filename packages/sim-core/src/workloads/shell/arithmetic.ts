/** Names that an expression reads and sets. */
export interface Names {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** An expression that cannot be worked out; its message is the shell's. */
export class ArithmeticError extends Error {}

const LEVELS: readonly (readonly string[])[] = Object.freeze([
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]);
const OPERATORS = /^(\*\*|\+\+|--|<<=|>>=|[-+*/%&|^]=|\|\||&&|==|!=|<=|>=|<<|>>|[-+*/%<>=!~&|^?:(),])/;
const DEEPEST = 100;

/** Value of `$(( … ))` (POSIX shell, 2.6.4). @throws ArithmeticError */
export function evaluate(text: string, names: Names): number {
  const reader = new Expression(tokensOf(text), names);
  return reader.whole();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let rest = text.trim().slice(0, 10_000);
  while (rest !== '') {
    const [token] = OPERATORS.exec(rest) ?? /^(0[xX][0-9a-fA-F]+|\d+|\$?[A-Za-z_]\w*)/.exec(rest) ?? [];
    if (token === undefined) throw new ArithmeticError('arithmetic syntax error');
    tokens.push(token);
    rest = rest.slice(token.length).trimStart();
  }
  return tokens;
}

class Expression {
  readonly #tokens: readonly string[];
  readonly #names: Names;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], names: Names) {
    this.#tokens = tokens;
    this.#names = names;
  }

  whole(): number {
    if (this.#tokens.length === 0) return 0;
    const value = this.#assignment();
    if (this.#at < this.#tokens.length) throw new ArithmeticError('arithmetic syntax error');
    return value;
  }

  #assignment(): number {
    if (++this.#depth > DEEPEST) throw new ArithmeticError('expression recursion level exceeded');
    const [name = '', operator = ''] = this.#tokens.slice(this.#at, this.#at + 2);
    let value: number;
    if (/^[A-Za-z_]/.test(name) && /^(=|([-+*/%&|^]|<<|>>)=)$/.test(operator) && !/^[=!<>]=$/.test(operator)) {
      this.#at += 2;
      const right = this.#assignment();
      value = operator === '=' ? right : apply(operator.slice(0, -1), this.#valueOf(name), right);
      this.#names.set(name, String(value));
    } else value = this.#choice();
    this.#depth--;
    return value;
  }

  #choice(): number {
    const condition = this.#binary(0);
    if (!this.#take('?')) return condition;
    const then = this.#assignment();
    if (!this.#take(':')) throw new ArithmeticError('arithmetic syntax error');
    const otherwise = this.#assignment();
    return condition !== 0 ? then : otherwise;
  }

  #binary(level: number): number {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let value = this.#binary(level + 1);
    for (
      let operator = this.#tokens[this.#at];
      operator !== undefined && operators.includes(operator);
      operator = this.#tokens[this.#at]
    ) {
      this.#at++;
      value = apply(operator, value, this.#binary(level + 1));
    }
    return value;
  }

  #unary(): number {
    const token = this.#tokens[this.#at++] ?? '';
    if (++this.#depth > DEEPEST) throw new ArithmeticError('expression recursion level exceeded');
    const value = this.#operand(token);
    this.#depth--;
    return value;
  }

  #operand(token: string): number {
    if (token === '-') return -this.#unary();
    if (token === '+') return this.#unary();
    if (token === '!') return this.#unary() === 0 ? 1 : 0;
    if (token === '~') return ~this.#unary();
    if (token === '++' || token === '--') return this.#step(this.#tokens[this.#at++] ?? '', token);
    if (token === '(') {
      const value = this.#assignment();
      if (!this.#take(')')) throw new ArithmeticError('arithmetic syntax error');
      return value;
    }
    if (/^\d/.test(token)) return Number(/^0\d/.test(token) ? `0o${token.slice(1)}` : token) || 0;
    if (!/^\$?[A-Za-z_]/.test(token)) throw new ArithmeticError('arithmetic syntax error');
    const name = token.replace('$', '');
    const value = this.#valueOf(name);
    if (this.#take('++')) this.#names.set(name, String(value + 1));
    else if (this.#take('--')) this.#names.set(name, String(value - 1));
    return value;
  }

  #step(name: string, sign: string): number {
    const value = this.#valueOf(name) + (sign === '++' ? 1 : -1);
    this.#names.set(name, String(value));
    return value;
  }

  #valueOf(name: string): number {
    const value = Number(this.#names.get(name) || 0);
    return Number.isFinite(value) ? Math.trunc(value) : 0;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

function apply(operator: string, a: number, b: number): number {
  if ((operator === '/' || operator === '%') && b === 0) throw new ArithmeticError('divide by zero');
  const value = WORK[operator]?.(a, b) ?? 0;
  return Number.isSafeInteger(value)
    ? value
    : Number(BigInt.asIntN(53, BigInt(Math.trunc(Number.isFinite(value) ? value : 0))));
}

const WORK: Readonly<Record<string, (a: number, b: number) => number>> = Object.freeze({
  '||': (a: number, b: number) => Number(a !== 0 || b !== 0),
  '&&': (a: number, b: number) => Number(a !== 0 && b !== 0),
  '|': (a: number, b: number) => a | b,
  '^': (a: number, b: number) => a ^ b,
  '&': (a: number, b: number) => a & b,
  '==': (a: number, b: number) => Number(a === b),
  '!=': (a: number, b: number) => Number(a !== b),
  '<=': (a: number, b: number) => Number(a <= b),
  '>=': (a: number, b: number) => Number(a >= b),
  '<': (a: number, b: number) => Number(a < b),
  '>': (a: number, b: number) => Number(a > b),
  '<<': (a: number, b: number) => a * 2 ** b,
  '>>': (a: number, b: number) => Math.floor(a / 2 ** b),
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => Math.trunc(a / b),
  '%': (a: number, b: number) => a % b,
});
