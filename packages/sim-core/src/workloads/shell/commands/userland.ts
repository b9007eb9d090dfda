import type { Process } from '../process.ts';

/** Whether the image's tools are busybox's, not GNU's. */
export function isBusybox({ machine }: Pick<Process, 'machine'>): boolean {
  return machine.tools.userland === 'busybox';
}
