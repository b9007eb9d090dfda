import type { Process } from '../process.ts';
import type { Run } from '../wait.ts';
import { sleeping } from './sleep.ts';

/** Runs another command in the place of this one. */
export function runOther(process: Process, words: string): number | Run {
  const { machine, name, cwd } = process;
  const executable = machine.find(name, cwd);
  if (executable !== undefined) return executable(process);
  if (machine.takeOver?.() === true) return sleeping(Number.POSITIVE_INFINITY);
  const quoted = words === '' ? `‘${name}’` : `${words}'${name}'`;
  process.stderr.write(`env: ${quoted}: No such file or directory\n`);
  return 127;
}
