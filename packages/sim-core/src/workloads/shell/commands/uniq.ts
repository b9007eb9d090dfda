import type { Executable } from '../process.ts';
import { filter } from './filter.ts';

/** `uniq [-cdu]`. */
export const uniq: Executable = filter('', (lines, { has }) => {
  const runs: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  const shown = runs.filter(({ count }) => (!has('d') || count > 1) && (!has('u') || count === 1));
  return shown.map(({ line, count }) => (has('c') ? `${String(count).padStart(7)} ${line}` : line));
});
