import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMicroseconds } from './cpu.ts';

const EXERCISE = 'scenarios/canary-weight';
const MEMBERS = 200;

/** A class of 200 renamed solutions on two worker threads: time, processor time, and the most memory that was in use (Linux). */
export async function benchClass(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));
  try {
    for (let member = 0; member < MEMBERS; member++) handIn(folder, member);
    const { seconds, cpu, megabytes, code } = await gradeClass(folder);
    console.log(`a class of ${MEMBERS} on two worker threads (exit ${code})`);
    console.log(`  on the clock    ${seconds.toFixed(1)} s (bar 20)`);
    console.log(`  processor       ${(cpu / MEMBERS).toFixed(0)} ms a submission`);
    console.log(`  memory at most  ${megabytes.toFixed(0)} MB (bar 400)`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function gradeClass(folder: string) {
  const names = ['grade', EXERCISE, join(folder, 'in'), '--batch', '--jobs', '2', '--out', join(folder, 'out')];
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/k8s-ingress-sandbox.mjs', ...names, '--output', 'csv'], {
    stdio: 'ignore',
  });
  let [cpu, megabytes] = [0, 0];
  const timer = setInterval(() => {
    try {
      megabytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
      cpu = cpuMicroseconds([child]) / 1000;
    } catch {
      // It has ended, or this is no Linux.
    }
  }, 100);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  return { seconds: (performance.now() - started) / 1000, cpu, megabytes, code };
}

function handIn(folder: string, member: number): void {
  const own = join(folder, 'in', `student-${member}`);
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(join(EXERCISE, 'solution'))) {
    const text = readFileSync(join(EXERCISE, 'solution', name), 'utf8');
    writeFileSync(
      join(own, name),
      text.replaceAll('$weight', '5').replace(/(name|app): netflix-frontend/g, `$1: app${member}`),
    );
  }
}
