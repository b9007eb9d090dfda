/** Why an expression has no value: `no such key: port`. */
export class CelError extends Error {}

/** A value that may be absent: `self.?port`. */
export class CelOptional {
  readonly value: unknown;
  readonly isThere: boolean;

  constructor(isThere: boolean, value: unknown) {
    this.isThere = isThere;
    this.value = value;
  }
}

/** A span of time, in nanoseconds. */
export class CelDuration {
  readonly nanoseconds: number;

  constructor(nanoseconds: number) {
    this.nanoseconds = nanoseconds;
  }
}

/** A moment, in milliseconds since 1970. */
export class CelTimestamp {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
}

export type CelMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is CelMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof CelOptional || value instanceof CelDuration || value instanceof CelTimestamp);
}

/** The type's name in CEL, for messages. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null_type';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'list';
  if (value instanceof CelDuration) return 'duration';
  return value instanceof CelTimestamp ? 'timestamp' : 'map';
}

export function noSuchOverload(): CelError {
  return new CelError('no such overload');
}

/** @throws CelError where the two cannot be compared */
export function compare(a: unknown, b: unknown): number {
  if (a instanceof CelDuration && b instanceof CelDuration) return a.nanoseconds - b.nanoseconds;
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return a.milliseconds - b.milliseconds;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  throw noSuchOverload();
}

const UNITS: Readonly<Record<string, number>> = Object.freeze({
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
});

/** @throws CelError */
export function durationOf(text: string): CelDuration {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  const read = parts.map(([part]) => part).join('');
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned !== '0' && (parts.length === 0 || read !== unsigned)) {
    throw new CelError(`time: invalid duration ${JSON.stringify(text)}`);
  }
  const sum = parts.reduce((total, [, number, unit = 's']) => total + Number(number) * (UNITS[unit] as number), 0);
  return new CelDuration(text.startsWith('-') ? -sum : sum);
}
