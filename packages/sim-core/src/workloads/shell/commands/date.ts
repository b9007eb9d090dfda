import { formatTime } from '../../../sim/clock.ts';
import { formatDate } from '../../calendar.ts';
import type { Executable } from '../process.ts';
import { printing } from './printing.ts';

/** `date`, `date +FORMAT`, `date -Iseconds`, all in UTC. */
export const date: Executable = printing(({ args, machine: { context } }) => {
  const now = context.clock.now();
  const format = args.find((arg) => arg.startsWith('+'));
  if (args.includes('-Iseconds')) return `${formatTime(now).slice(0, -1)}+00:00`;
  return format === undefined ? formatDate(now) : formatDateAs(format.slice(1), now);
});

function formatDateAs(format: string, now: number): string {
  const iso = formatTime(now);
  const whole = formatDate(now);
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    T: iso.slice(11, 19),
    F: iso.slice(0, 10),
    R: iso.slice(11, 16),
    s: String(Math.floor(now / 1000)),
    N: `${String(Math.floor(now % 1000)).padStart(3, '0')}000000`,
    Z: 'UTC',
    z: '+0000',
    a: whole.slice(0, 3),
    b: whole.slice(4, 7),
    n: '\n',
    '%': '%',
  };
  return format.replace(/%([A-Za-z%])/g, (directive, letter: string) => parts[letter] ?? directive);
}
