import type { Process } from '../process.ts';

const MOST_FOUND = 10_000;

/** A path and everything below it, parents first. */
export function tree(files: Process['machine']['files'], path: string): string[] {
  const found = [path];
  for (let index = 0; index < found.length && found.length < MOST_FOUND; index++) {
    const at = found[index] as string;
    if (files.isDirectory(at)) found.push(...files.list(at).map((name) => (at === '/' ? `/${name}` : `${at}/${name}`)));
  }
  return found;
}
