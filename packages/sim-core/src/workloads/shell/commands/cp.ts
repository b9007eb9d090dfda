import { FileError } from '../../files/file-error.ts';
import { baseName, resolvePath } from '../../files/path.ts';
import type { Executable, Process } from '../process.ts';
import { attempt } from './each-file.ts';
import { parseOptions } from './options.ts';
import { tree } from './tree.ts';

/** `cp`. */
export const cp: Executable = copy(false);

/** `mv`. */
export const mv: Executable = copy(true);

function copy(moves: boolean): Executable {
  return (process) => {
    const { files } = process.machine;
    const { rest } = parseOptions(process.args);
    const target = resolvePath(process.cwd, rest.at(-1) ?? '');
    const results = rest.slice(0, -1).map((file) => {
      const from = resolvePath(process.cwd, file);
      const to = files.isDirectory(target) ? resolvePath(target, baseName(from)) : target;
      return attempt(process, file, moves ? 'rename' : 'stat', () => copyTree(files, from, to, moves));
    });
    return Math.max(0, ...results);
  };
}

function copyTree(files: Process['machine']['files'], from: string, to: string, moves: boolean): void {
  if (files.stat(from) === undefined) throw new FileError('ENOENT');
  const all = tree(files, from);
  for (const path of all) {
    const place = to + path.slice(from.length);
    if (!files.isDirectory(path)) files.write(place, files.read(path));
    else if (!files.isDirectory(place)) files.makeDirectory(place);
  }
  if (moves) for (const path of all.reverse()) files.remove(path);
}
