import type { Process } from '../../process.ts';
import { isBusybox } from '../userland.ts';

/** busybox always ends with 1. */
export function fail(process: Process, message: string, code: number): number {
  process.stderr.write(`wget: ${message}\n`);
  return isBusybox(process) ? 1 : code;
}
