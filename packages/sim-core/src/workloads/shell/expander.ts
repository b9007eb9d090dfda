import type { Script } from './ast.ts';
import type { Waiting } from './wait.ts';

/** What expansion needs to know of its shell. */
export interface Expander {
  /** Value of `$name`, also of `$?` and its sisters; undefined when unset. */
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  /** `$@`. */
  readonly parameters: readonly string[];
  /** Output of a command substitution. */
  substitute(script: Script): Waiting<string>;
  /** Paths that a pattern stands for; none: the pattern itself is taken. */
  paths(pattern: string): string[];
  /** `${name:?word}`, `set -u`: ends the command. */
  fail(message: string): never;
}
