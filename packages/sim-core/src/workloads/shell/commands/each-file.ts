import { resolvePath } from '../../files/path.ts';
import type { Executable, Process } from '../process.ts';
import { parseOptions } from './options.ts';
import { fileFailure } from './read-files.ts';

/** Does something to a file; 1 where it fails, which is said. */
export function attempt(process: Process, file: string, doing: string, act: () => void): number {
  try {
    act();
    return 0;
  } catch (error) {
    process.stderr.write(fileFailure(process, file, error, doing));
    return 1;
  }
}

/** A command that does the same to every file that it is given. */
export function eachFile(
  doing: string,
  act: (process: Process, path: string, has: (letter: string) => boolean) => void,
): Executable {
  return (process) => {
    const { rest, has } = parseOptions(process.args, process.name.endsWith('mkdir') ? 'm' : '');
    const results = rest.map((file) =>
      attempt(process, file, doing, () => act(process, resolvePath(process.cwd, file), has)),
    );
    return Math.max(0, ...results);
  };
}
