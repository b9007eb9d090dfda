import type { InvalidValue } from '../annotations/define-annotation.ts';
import type { GlobalDirectives } from './settings.ts';

/** One key of the controller's ConfigMap; a value that cannot be read leaves the default. */
export interface ConfigMapKey<T = unknown> {
  readonly name: string;
  parse(value: string): T | InvalidValue;
  apply(value: T, directives: GlobalDirectives): void;
}

/** Declares a key; exists so that `parse` and `apply` are checked against one another. */
export function key<T>(
  name: string,
  parse: (value: string) => T | InvalidValue,
  apply: (value: T, directives: GlobalDirectives) => void,
): ConfigMapKey<T> {
  return Object.freeze({ name, parse, apply });
}
