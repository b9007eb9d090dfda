import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, spread } from './statistics.ts';

const EXERCISE = 'canary-weight';
const SOLUTION = join('scenarios', EXERCISE, 'solution');
/** Submissions of one class; enough that starting and warming up hardly count. */
const CLASS = 120;
const WARM_UP = 20;

/**
 * CPU time of one grade of the canary exercise, every check passed: in a warm process, and cold with the start of node, against
 * bare node in the same run.
 */
export function benchGrade(rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-grade-'));
  for (let student = 0; student < CLASS; student++) {
    const own = join(folder, 'class', `student-${student}`);
    mkdirSync(own, { recursive: true });
    cpSync(SOLUTION, own, { recursive: true });
  }
  const warmUp = join(folder, 'warm-up');
  for (let student = 0; student < WARM_UP; student++)
    cpSync(SOLUTION, join(warmUp, `student-${student}`), { recursive: true });
  const warm: number[] = [];
  const cold: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      warm.push((classMilliseconds(join(folder, 'class')) - classMilliseconds(warmUp)) / (CLASS - WARM_UP));
      cold.push(gradeMilliseconds(SOLUTION, '--no-batch'));
      bare.push(bareMilliseconds());
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`grade, CPU milliseconds a submission of ${EXERCISE}, ${rounds} rounds in turn`);
  console.log(`  warm                ${spread(warm, 'ms')} (bar 80, aim 30)`);
  console.log(`  cold                ${spread(cold, 'ms')}`);
  console.log(`  bare node           ${spread(bare, 'ms')}`);
  console.log(`  cold ÷ bare node    ${(median(cold) / median(bare)).toFixed(1)} (bar 8)`);
}

/** Of a class in one thread; its journal goes beside it. */
function classMilliseconds(submissions: string): number {
  return gradeMilliseconds(submissions, '--batch', '--jobs', '0', '--journal', `${submissions}.jsonl`);
}

function gradeMilliseconds(submissions: string, ...flags: string[]): number {
  const args = [join('scripts', 'bench', 'simulate', 'cpu-of-cli.mjs'), 'grade', EXERCISE, submissions, ...flags];
  const output = execFileSync(process.execPath, [...args, '--output', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (/"result": ?"(not-yet|blocked|could-not-check)"/.test(output)) throw new Error('the solution did not pass');
  return Number(output.trim().split('\n').at(-1)) / 1000;
}

function bareMilliseconds(): number {
  const script = 'const { user, system } = process.cpuUsage(); console.log(user + system)';
  return Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout) / 1000;
}
