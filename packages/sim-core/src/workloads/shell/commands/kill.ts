import type { Process } from '../process.ts';

/** Signals to processes of the container. Number 1 hears only what it handles, as in every PID namespace. */
export function kill({ args, machine: { context, tools }, stderr }: Process): number {
  if (args[0] === '-l') return 0;
  const named = /^-/.test(args[0] ?? '') ? (args[0] as string).slice(1) : 'TERM';
  const number = SIGNALS[named.replace(/^SIG/, '')] ?? (Number(named) || 15);
  let status = 0;
  for (const pid of args.filter((arg) => !arg.startsWith('-'))) {
    const process = context.processes().get(Number(pid));
    if (process === undefined) {
      stderr.write(
        tools.userland === 'busybox'
          ? `kill: can't kill pid ${pid}: No such process\n`
          : `kill: (${pid}) - No such process\n`,
      );
      status = 1;
    } else process.signal(number);
  }
  return status;
}

const SIGNALS: Readonly<Record<string, number>> = Object.freeze({
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
});
