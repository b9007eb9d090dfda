import { directoryOf } from '../../files/path.ts';
import type { Executable, Process } from '../process.ts';
import { eachFile } from './each-file.ts';

/** `mkdir [-p]`. */
export const mkdir: Executable = eachFile('create directory', makeDirectory);

function makeDirectory({ machine: { files } }: Process, path: string, has: (letter: string) => boolean): void {
  if (!has('p')) return files.makeDirectory(path);
  const parents: string[] = [];
  for (let at = path; at !== '/'; at = directoryOf(at)) parents.unshift(at);
  for (const parent of parents) if (!files.isDirectory(parent)) files.makeDirectory(parent);
}
