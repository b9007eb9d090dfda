import { formatTime } from '../../../sim/clock.ts';
import type { Executable } from '../process.ts';
import { printing } from './printing.ts';

/** `uptime`. */
export const uptime: Executable = printing(
  ({ machine: { context } }) =>
    ` ${formatTime(context.clock.now()).slice(11, 19)} up 1 day,  0:00,  load average: 0.00, 0.00, 0.00`,
);
