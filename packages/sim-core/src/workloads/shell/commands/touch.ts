import type { Executable } from '../process.ts';
import { eachFile } from './each-file.ts';

/** `touch`: makes a file where there is none. */
export const touch: Executable = eachFile('touch', ({ machine: { files } }, path) => {
  if (!files.isDirectory(path)) files.write(path, '', true);
});
