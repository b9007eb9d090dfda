import type { Process } from '../process.ts';

/** `mktemp`: an empty file in /tmp. */
export function mktemp({ machine: { context, files }, stdout }: Process): number {
  const path = `/tmp/tmp.${String(context.chance.next()).slice(2, 8).padEnd(6, 'x')}`;
  files.write(path, '');
  stdout.write(`${path}\n`);
  return 0;
}
