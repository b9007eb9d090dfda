import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** CPU time so far of processes and their children (Linux only), from /proc/<pid>/stat: ticks of 10 ms. */
export function cpuMicroseconds(processes: readonly ChildProcess[]): number {
  if (process.platform !== 'linux') return Number.NaN;
  const ticks = (pid: string): number => {
    const [, stat = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = stat.split(' ').slice(11, 13);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return Number(user) + Number(system) + children.reduce((sum, child) => sum + ticks(child), 0);
  };
  return processes.reduce((sum, { pid }) => sum + ticks(String(pid)), 0) * 10_000;
}
