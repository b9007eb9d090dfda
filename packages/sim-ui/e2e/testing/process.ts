import { readFileSync } from 'node:fs';

/** Clock ticks a second of /proc, on every Linux that there is. */
const TICKS_PER_SECOND = 100;

/** Processor time that a process has used, user and system, in milliseconds. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Memory that a process holds, in megabytes. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Share of one core that a process uses over a time. */
export async function processorShare(pid: number, milliseconds: number): Promise<number> {
  const [time, used] = [performance.now(), processorTime(pid)];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return (processorTime(pid) - used) / (performance.now() - time);
}
