import type { Executable } from '../process.ts';
import { printing } from './printing.ts';

/** `hostname`; with -i or -I the pod's address. */
export const hostname: Executable = printing(({ args, machine: { context } }) => {
  if (args[0] === '-i' || args[0] === '-I') return `${context.podIp}${args[0] === '-I' ? ' ' : ''}`;
  return context.env['HOSTNAME'] ?? context.pod.metadata.name;
});
