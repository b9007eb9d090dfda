import type { Process } from '../process.ts';

/** `df`: the root and every mount. */
export function df({ machine: { files }, stdout }: Process): number {
  const row = (source: string, size: number, used: number, place: string) =>
    `${source.padEnd(20)} ${String(size).padStart(9)} ${String(used).padStart(9)} ${String(size - used).padStart(9)} ${String(Math.ceil((used / size) * 100)).padStart(3)}% ${place}\n`;
  stdout.write('Filesystem           1K-blocks      Used Available Use% Mounted on\n');
  stdout.write(row('overlay', 83_886_080, 20_971_520, '/'));
  stdout.write(row('tmpfs', 65_536, 0, '/dev'));
  for (const { source, path } of [...files.mounts].reverse())
    stdout.write(row(source, source === 'tmpfs' ? 16_777_216 : 83_886_080, source === 'tmpfs' ? 12 : 20_971_520, path));
  return 0;
}
