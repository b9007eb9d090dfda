import { FileError } from '../../files/file-error.ts';
import type { Executable, Process } from '../process.ts';
import { eachFile } from './each-file.ts';
import { tree } from './tree.ts';

/** `rm [-rf]`. */
export const rm: Executable = eachFile('remove', remove);

/** `rmdir`. */
export const rmdir: Executable = eachFile('remove', ({ machine }, path) => machine.files.remove(path));

function remove({ machine: { files } }: Process, path: string, has: (letter: string) => boolean): void {
  const entry = files.stat(path);
  if (entry === undefined && has('f')) return;
  if (entry?.kind === 'directory') {
    if (!has('r') && !has('R')) throw new FileError('EISDIR');
    for (const inside of tree(files, path).reverse()) files.remove(inside);
    return;
  }
  files.remove(path);
}
