import { formatTime } from '../../../sim/clock.ts';
import { baseName } from '../../files/path.ts';
import type { Process } from '../process.ts';

/** `ps`, `ps aux`, `ps -ef`: the processes of the container. */
export function ps({ args, machine: { context, tools }, stdout }: Process): number {
  const isBusybox = tools.userland === 'busybox';
  const long = args.join('').includes('aux') || args.join('').includes('ef');
  const user = tools.user.name;
  const rows = context
    .processes()
    .all()
    .map(({ pid, command, startedAt }) => {
      const seconds = Math.floor((context.clock.now() - startedAt) / 1000);
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      if (isBusybox) return `${String(pid).padStart(5)} ${user.padEnd(8)} ${time.padStart(5)} ${command}`;
      if (long)
        return `${user.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.0   4608  3328 ?        Ss   ${formatTime(startedAt).slice(11, 16)}   0:00 ${command}`;
      return `${String(pid).padStart(7)} ?        00:00:00 ${baseName(command.split(' ')[0] as string)}`;
    });
  const head = isBusybox
    ? 'PID   USER     TIME  COMMAND'
    : long
      ? 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND'
      : '    PID TTY          TIME CMD';
  stdout.write(`${[head, ...rows].join('\n')}\n`);
  return 0;
}
