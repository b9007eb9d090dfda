import type { Executable } from '../process.ts';
import { filter } from './filter.ts';

/** `sort [-nru] [-k column] [-t separator]`. */
export const sort: Executable = filter('kt', (lines, { has, value }) => {
  const column = Number(/^\d+/.exec(value('k') ?? '')?.[0] ?? 0);
  const separator = value('t') ?? /\s+/;
  const key = (line: string) => (column > 0 ? (line.trim().split(separator)[column - 1] ?? '') : line);
  const isNumeric = has('n') || value('k')?.includes('n') === true;
  const compare = (a: string, b: string) =>
    isNumeric ? (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0) : a < b ? -1 : Number(a > b);
  const sorted = [...lines].sort((a, b) => compare(key(a), key(b)) || compare(a, b));
  if (has('r')) sorted.reverse();
  return has('u') ? sorted.filter((line, index) => line !== sorted[index - 1]) : sorted;
});
