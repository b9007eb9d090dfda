import { deepEqual } from '../../apimachinery/deep.ts';
import { compileGoRegexp } from '../../apimachinery/regex/go-regexp.ts';
import type { Fits } from './fit.ts';

/** A question that is put to a value instead of comparing it: `$atLeast: 2`. */
export interface Operator {
  /** What it wants, behind "expected": `at least 2`. */
  describe(wanted: unknown): string;
  /** @param fits whether a value fits an expectation, for operators that hold expectations */
  test(actual: unknown, wanted: unknown, fits: Fits): boolean;
  /** What is wrong with the operator's own value; undefined when nothing is. */
  refuse?(wanted: unknown): string | undefined;
}

/** Longest text that a pattern is tried on, characters: what is longer does not fit. */
const LONGEST_TEXT = 1_000_000;

/** Every operator, by the key that stands for it. */
export const OPERATORS: Readonly<Record<string, Operator>> = Object.freeze({
  $exists: {
    describe: (wanted) => (wanted === false ? 'nothing' : 'something'),
    test: (actual, wanted) => (actual !== undefined && actual !== null) === (wanted !== false),
    refuse: (wanted) => (typeof wanted === 'boolean' ? undefined : 'expected true or false'),
  },
  $equals: {
    describe: (wanted) => `exactly ${spell(wanted)}`,
    test: (actual, wanted) => deepEqual(actual, wanted),
  },
  $not: {
    describe: (wanted) => `not ${describeExpectation(wanted)}`,
    test: (actual, wanted, fits) => !fits(actual, wanted),
  },
  $oneOf: {
    describe: (wanted) => `one of ${listOf(wanted).map(describeExpectation).join(', ')}`,
    test: (actual, wanted, fits) => listOf(wanted).some((each) => fits(actual, each)),
    refuse: expectList,
  },
  $all: {
    describe: (wanted) => `only items that are ${describeExpectation(wanted)}`,
    test: (actual, wanted, fits) => Array.isArray(actual) && actual.every((item) => fits(item, wanted)),
  },
  $any: {
    describe: (wanted) => `an item that is ${describeExpectation(wanted)}`,
    test: (actual, wanted, fits) => Array.isArray(actual) && actual.some((item) => fits(item, wanted)),
  },
  $contains: {
    describe: (wanted) => `something with ${spell(wanted)} in it`,
    test: (actual, wanted, fits) =>
      Array.isArray(actual) ? actual.some((item) => fits(item, wanted)) : textOf(actual).includes(textOf(wanted)),
  },
  $startsWith: {
    describe: (wanted) => `something that begins with ${spell(wanted)}`,
    test: (actual, wanted) => typeof actual === 'string' && actual.startsWith(textOf(wanted)),
  },
  $endsWith: {
    describe: (wanted) => `something that ends with ${spell(wanted)}`,
    test: (actual, wanted) => typeof actual === 'string' && actual.endsWith(textOf(wanted)),
  },
  $matches: {
    describe: (wanted) => `something that matches ${textOf(wanted)}`,
    test: (actual, wanted) => {
      const text = textOf(actual);
      return isScalar(actual) && text.length <= LONGEST_TEXT && compileGoRegexp(textOf(wanted)).test(text);
    },
    refuse: refusePattern,
  },
  $atLeast: {
    describe: (wanted) => `at least ${spell(wanted)}`,
    test: (actual, wanted) => numberOf(actual) >= numberOf(wanted),
    refuse: expectNumber,
  },
  $atMost: {
    describe: (wanted) => `at most ${spell(wanted)}`,
    test: (actual, wanted) => numberOf(actual) <= numberOf(wanted),
    refuse: expectNumber,
  },
  $length: {
    describe: (wanted) => `a length of ${describeExpectation(wanted)}`,
    test: (actual, wanted, fits) => fits(lengthOf(actual), wanted),
  },
});

export function isOperator(key: string): boolean {
  return Object.hasOwn(OPERATORS, key);
}

/** What an expectation wants, for sentences. */
export function describeExpectation(expected: unknown): string {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return spell(expected);
  const parts = Object.entries(expected).map(([key, wanted]) => OPERATORS[key]?.describe(wanted));
  return parts.length === 0 || parts.includes(undefined) ? spell(expected) : parts.join(' and ');
}

/** A value as people read it; long ones are cut. */
export function spell(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function textOf(value: unknown): string {
  return isScalar(value) ? String(value) : '';
}

/** NaN, which compares with nothing, for what is no number. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function expectList(wanted: unknown): string | undefined {
  return Array.isArray(wanted) ? undefined : 'expected a list';
}

function expectNumber(wanted: unknown): string | undefined {
  return typeof wanted === 'number' ? undefined : 'expected a number';
}

function refusePattern(wanted: unknown): string | undefined {
  if (typeof wanted !== 'string') return 'expected a regular expression';
  try {
    compileGoRegexp(wanted);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
