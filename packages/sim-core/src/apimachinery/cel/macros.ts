import type { Expression } from './parse.ts';
import type { Evaluation, Scope } from './program.ts';
import { CelError, isMap, noSuchOverload } from './values.ts';

const MACROS: readonly string[] = Object.freeze(['all', 'exists', 'exists_one', 'filter', 'map']);

/** Whether a method is a comprehension over the items of a list or the keys of a map. */
export function isMacro(name: string): boolean {
  return MACROS.includes(name);
}

/** @throws CelError */
export function runMacro(
  evaluation: Evaluation,
  name: string,
  range: unknown,
  args: readonly Expression[],
  outer: Scope | undefined,
): unknown {
  const items = Array.isArray(range) ? range : isMap(range) ? Object.keys(range) : undefined;
  const [variable, body, result] = args;
  if (items === undefined || variable?.type !== 'name' || body === undefined) throw noSuchOverload();
  const within = (value: unknown): Scope => ({ name: variable.name, value, outer });
  const holds = (value: unknown) => evaluation.truth(body, within(value));
  switch (name) {
    case 'all':
      return !decided(items, (item) => !holds(item));
    case 'exists':
      return decided(items, holds);
    case 'exists_one':
      return items.filter(holds).length === 1;
    case 'filter':
      return items.filter(holds);
    default:
      if (result === undefined) return items.map((item) => evaluation.value(body, within(item)));
      return items.filter(holds).map((item) => evaluation.value(result, within(item)));
  }
}

/** Whether it is true of one; what fails only counts when nothing else decides. */
function decided(items: readonly unknown[], isTrue: (item: unknown) => boolean): boolean {
  let failure: unknown;
  for (const item of items) {
    try {
      if (isTrue(item)) return true;
    } catch (error) {
      if (!(error instanceof CelError) || error.message.startsWith('operation cancelled')) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return false;
}
