import { resolvePath } from '../../files/path.ts';
import type { Executable, Process } from '../process.ts';
import { printing } from './printing.ts';

/** `realpath path`. */
export const realpath: Executable = printing(({ args, cwd }) => resolvePath(cwd, args.at(-1) ?? ''));

/** `readlink -f path`; there are no links, which it says of every path without -f. */
export function readlink(process: Process): ReturnType<Executable> {
  return process.args[0]?.startsWith('-') === true ? realpath(process) : 1;
}
