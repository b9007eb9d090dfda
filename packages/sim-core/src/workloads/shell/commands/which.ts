import type { Process } from '../process.ts';
import { toolPath } from '../tool-path.ts';

/** `which name …`. */
export function which({ args, machine, stdout, cwd }: Process): number {
  let status = 0;
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    if (machine.find(name, cwd) === undefined) status = 1;
    else stdout.write(`${toolPath(name, machine)}\n`);
  }
  return status;
}
