import { isFields, type Path } from '../../manifest/document.ts';
import { describeExpectation, isOperator, OPERATORS, spell } from './operators.ts';

/** Whether a value fits an expectation. */
export type Fits = (actual: unknown, expected: unknown) => boolean;

/** Where a value is not as expected. */
export interface Misfit {
  readonly path: Path;
  /** What stands there, and what should. */
  readonly found: string;
  readonly expected: string;
}

/**
 * Compares a value with an expectation: of a mapping only the fields that are named, of a list whether each expected item is
 * among its items, literals exactly, and operators (`$atLeast: 2`) by their question.
 * @returns the first place that does not fit; undefined when all of it does
 */
export function misfit(actual: unknown, expected: unknown, path: Path = []): Misfit | undefined {
  if (isFields(expected)) {
    if (Object.keys(expected).some(isOperator)) return misfitOfOperators(actual, expected, path);
    if (!isFields(actual)) return { path, found: spell(actual), expected: 'a mapping' };
    for (const [name, inner] of Object.entries(expected)) {
      const found = misfit(Object.hasOwn(actual, name) ? actual[name] : undefined, inner, [...path, name]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(expected)) return misfitOfItems(actual, expected, path);
  return actual === expected ? undefined : { path, found: spell(actual), expected: spell(expected) };
}

export const fits: Fits = (actual, expected) => misfit(actual, expected) === undefined;

function misfitOfOperators(
  actual: unknown,
  expected: Readonly<Record<string, unknown>>,
  path: Path,
): Misfit | undefined {
  const holds = Object.entries(expected).every(([key, wanted]) => OPERATORS[key]?.test(actual, wanted, fits) === true);
  return holds ? undefined : { path, found: spell(actual), expected: describeExpectation(expected) };
}

/** The nearest item tells where it fails: the only one, or that at the same place. */
function misfitOfItems(actual: unknown, expected: readonly unknown[], path: Path): Misfit | undefined {
  if (!Array.isArray(actual)) return { path, found: spell(actual), expected: 'a list' };
  for (const [index, wanted] of expected.entries()) {
    if (actual.some((item) => fits(item, wanted))) continue;
    const near = actual.length === 1 ? 0 : index;
    if (near < actual.length && isFields(wanted)) return misfit(actual[near], wanted, [...path, near]);
    return { path, found: spell(actual), expected: `an item ${describeExpectation(wanted)}` };
  }
  return undefined;
}
