import type { Executable, Process } from '../process.ts';
import type { Run } from '../wait.ts';
import { type Options, parseOptions } from './options.ts';
import { linesOf, readFiles, withBreaks } from './read-files.ts';

/** A filter: all its input at once, as lines. */
export function filter(
  withValue: string,
  work: (lines: string[], options: Options, process: Process) => string[],
  operands = 0,
): Executable {
  return function* (process): Run {
    const options = parseOptions(process.args, withValue);
    const { texts, failed } = yield* readFiles(process, options.rest.slice(operands));
    const lines = texts.flatMap(({ text }) => linesOf(text));
    process.stdout.write(withBreaks(work(lines, options, process)));
    return failed ? 1 : 0;
  };
}
