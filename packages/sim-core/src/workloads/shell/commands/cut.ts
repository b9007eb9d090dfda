import type { Executable } from '../process.ts';
import { filter } from './filter.ts';

/** `cut -f list [-d separator]`, `cut -c list`. */
export const cut: Executable = filter('dfcb', (lines, { value }) => {
  const separator = value('d') || '\t';
  const ranges = (value('f') ?? value('c') ?? '1').split(',').map((range) => {
    const [from = '', to] = range.split('-');
    return { from: Number(from || 1), to: to === undefined ? Number(from) : Number(to || Number.POSITIVE_INFINITY) };
  });
  const isIn = (_: string, index: number) => ranges.some(({ from, to }) => index + 1 >= from && index + 1 <= to);
  if (value('f') === undefined) return lines.map((line) => [...line].filter(isIn).join(''));
  return lines.map((line) => (line.includes(separator) ? line.split(separator).filter(isIn).join(separator) : line));
});
