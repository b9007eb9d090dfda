import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { withBreaks } from './read-files.ts';
import { REST } from './yes.ts';

/** What is written at once, before others get their turn. */
const LINES_AT_ONCE = 10_000;

/** `seq [first [step]] last`. */
export function* seq({ args, stdout }: Process): Run {
  const [a = 1, b, c] = args.filter((arg) => /^-?\d/.test(arg)).map(Number);
  const [first, step, last] = c !== undefined ? [a, b as number, c] : b !== undefined ? [a, 1, b] : [1, 1, a];
  if (step === 0) return 1;
  let lines: string[] = [];
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
    lines.push(String(value));
    if (lines.length < LINES_AT_ONCE) continue;
    stdout.write(withBreaks(lines));
    lines = [];
    yield* pause(REST);
  }
  stdout.write(withBreaks(lines));
  return 0;
}
