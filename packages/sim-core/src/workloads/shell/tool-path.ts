import type { Machine } from './process.ts';

/** Where a program of the image lies, for a name or a path that there is. */
export function toolPath(name: string, { tools }: Pick<Machine, 'tools'>): string {
  if (name.includes('/')) return name;
  return `/${tools.userland === 'busybox' ? 'bin' : 'usr/bin'}/${name}`;
}
