import { deepEqual } from '../deep.ts';
import { CelDuration, CelError, CelOptional, CelTimestamp, compare, isMap, noSuchOverload } from './values.ts';

/** How many parts a value has, for what looking at it costs. */
export function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : 1;
}

/** A member or an item; what is not there fails, or is an empty optional. @throws CelError */
export function select(of: unknown, key: unknown, optional: boolean): unknown {
  if (of instanceof CelOptional) return of.isThere ? select(of.value, key, true) : of;
  const found = lookInto(of, key);
  if (optional) return new CelOptional(found !== undefined, found);
  if (found !== undefined) return found;
  throw new CelError(Array.isArray(of) ? `index out of bounds: ${key}` : `no such key: ${key}`);
}

function lookInto(of: unknown, key: unknown): unknown {
  if (Array.isArray(of) && typeof key === 'number') return key < 0 ? undefined : of[key];
  if (!isMap(of) || (typeof key !== 'string' && typeof key !== 'number')) throw noSuchOverload();
  return Object.hasOwn(of, key) ? of[String(key)] : undefined;
}

/** `==` */
export function equal(a: unknown, b: unknown): boolean {
  if (a instanceof CelDuration || a instanceof CelTimestamp) {
    return b instanceof a.constructor && compare(a, b) === 0;
  }
  return deepEqual(a, b);
}

/** `in` @throws CelError */
export function contains(container: unknown, value: unknown): boolean {
  if (Array.isArray(container)) return container.some((item) => equal(item, value));
  if (isMap(container)) return Object.hasOwn(container, String(value));
  throw noSuchOverload();
}

/** @throws CelError where it is no number */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  throw noSuchOverload();
}

/** @throws CelError */
export function numberArithmetic(operator: string, a: number, b: number): number {
  const isWhole = Number.isInteger(a) && Number.isInteger(b);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (isWhole && b === 0) throw new CelError('division by zero');
      return isWhole ? Math.trunc(a / b) : a / b;
    default:
      if (b === 0) throw new CelError('modulus by zero');
      return a % b;
  }
}

/** Moments and spans. @throws CelError */
export function timeArithmetic(operator: string, a: CelTimestamp | CelDuration, b: unknown): unknown {
  const sign = operator === '-' ? -1 : 1;
  if (operator !== '+' && operator !== '-') throw noSuchOverload();
  if (a instanceof CelDuration && b instanceof CelDuration)
    return new CelDuration(a.nanoseconds + sign * b.nanoseconds);
  if (a instanceof CelTimestamp && b instanceof CelDuration) {
    return new CelTimestamp(a.milliseconds + (sign * b.nanoseconds) / 1e6);
  }
  if (a instanceof CelTimestamp && b instanceof CelTimestamp && sign < 0) {
    return new CelDuration((a.milliseconds - b.milliseconds) * 1e6);
  }
  throw noSuchOverload();
}
