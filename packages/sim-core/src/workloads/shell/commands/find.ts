import { baseName, resolvePath } from '../../files/path.ts';
import { matchesGlob } from '../glob.ts';
import type { Process } from '../process.ts';
import { tree } from './tree.ts';

/** `find [path …] [-name pattern] [-type f|d]`. */
export function find(process: Process): number {
  const { files } = process.machine;
  const { args } = process;
  const first = args.findIndex((arg) => arg.startsWith('-'));
  const roots = args.slice(0, first < 0 ? undefined : first);
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const name = option('-name');
  const kind = option('-type');
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const path = resolvePath(process.cwd, root);
    if (files.stat(path) === undefined) process.stderr.write(`find: ${root}: No such file or directory\n`);
    for (const found of files.stat(path) === undefined ? [] : tree(files, path)) {
      if (name !== undefined && !matchesGlob(name, baseName(found))) continue;
      if (kind !== undefined && (kind === 'd') !== files.isDirectory(found)) continue;
      process.stdout.write(`${root}${found.slice(path === '/' ? 0 : path.length)}\n`);
    }
  }
  return 0;
}
