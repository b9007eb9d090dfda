import { baseName, directoryOf } from '../../files/path.ts';
import type { Executable } from '../process.ts';
import { printing } from './printing.ts';

/** `basename path [suffix]`. */
export const basename: Executable = printing(({ args: [path = '', suffix] }) => {
  const name = baseName(path.replace(/\/+$/, ''));
  return suffix !== undefined && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
});

/** `dirname path`. */
export const dirname: Executable = printing(({ args: [path] }) =>
  path?.includes('/') === true ? directoryOf(path) : '.',
);
