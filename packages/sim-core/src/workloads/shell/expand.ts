import { LITERAL_DOLLAR } from './tokens.ts';

/** What expansion needs to know. */
export interface Variables {
  readonly variables: ReadonlyMap<string, string>;
  substitute(command: string): string;
}

const EXPANSION = /\$\(([^)]*)\)|\$\{(\w+)(?::-([^}]*))?\}|\$(\w+|[?$#@])/g;

/** A word with `$NAME`, `${NAME}`, `${NAME:-word}` and `$(command)` filled in (POSIX shell, 2.6; no word splitting). */
export function expand(word: string, shell: Variables): string {
  const expanded = word.replace(
    EXPANSION,
    (_whole, command?: string, braced?: string, fallback?: string, bare?: string) => {
      if (command !== undefined) return shell.substitute(command.trim());
      const value = shell.variables.get(braced ?? bare ?? '');
      return value === undefined || value === '' ? (fallback ?? '') : value;
    },
  );
  return expanded.replaceAll(LITERAL_DOLLAR, '$');
}
