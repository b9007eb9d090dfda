import type { Executable, Process } from '../process.ts';

/** A command that prints one line. */
export function printing(lineOf: (process: Process) => string): Executable {
  return (process) => {
    process.stdout.write(`${lineOf(process)}\n`);
    return 0;
  };
}
