import type { Shell } from './shell.ts';
import type { Run } from './wait.ts';

/** Lets a run go on beside its shell: `command &`. */
export function startJob(run: Run, shell: Shell): void {
  const job: { status?: number; onEnd?: () => void } = {};
  shell.jobs.add(job);
  const processes = shell.machine.context.processes();
  const startedAt = shell.group.clock.now();
  let kill = (_status: number): void => {};
  const pid = processes.add({ command: shell.parts.name, startedAt, signal: (number) => kill(128 + number) });
  shell.lastJob = pid;
  kill = shell.group.spawn(run, (status) => {
    job.status = status;
    shell.jobs.delete(job);
    processes.remove(pid);
    job.onEnd?.();
  });
  shell.status = 0;
}
