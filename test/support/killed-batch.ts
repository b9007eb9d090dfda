import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXERCISE, handInClass } from './student-class.ts';
import { LAUNCHER, type Workspace } from './workspace.ts';

/** How a batch went that was killed again and again. */
export interface KilledBatch {
  /** Kills that hit it while it ran. */
  readonly kills: number;
  /** Ids of all results in the journal, as often as they stand there. */
  readonly journaled: readonly string[];
  readonly csv: string;
  readonly students: readonly string[];
}

/** The CSV of the same class, graded in one go. */
export async function gradedInOneGo(workspace: Workspace): Promise<string> {
  const args = [
    'grade',
    EXERCISE,
    'submissions',
    '--batch',
    '--jobs',
    '1',
    '--out',
    'whole',
    '--csv',
    'whole.csv',
    '--output',
    'csv',
  ];
  await workspace.run(process.execPath, [LAUNCHER, ...args], { patience: 300_000 });
  return workspace.read('whole.csv');
}

/** Grades a class, kills it with SIGKILL at ever other moments, and goes on with `--resume`, until it has ended by itself. */
export async function killAgainAndAgain(workspace: Workspace, members: number, kills: number): Promise<KilledBatch> {
  const students = handInClass(workspace, members);
  const args = [
    LAUNCHER,
    'grade',
    EXERCISE,
    'submissions',
    '--batch',
    '--jobs',
    '2',
    '--out',
    'grades',
    '--csv',
    'grades.csv',
    '--output',
    'csv',
    '--resume',
  ];
  let killed = 0;
  for (;;) {
    const child = spawn(process.execPath, args, { cwd: workspace.folder, env: workspace.env, stdio: 'ignore' });
    // Some before it has begun, some in the middle, some while it prints.
    const timer = killed < kills ? setTimeout(() => child.kill('SIGKILL'), 150 + ((killed * 773) % 2_500)) : undefined;
    const [code, signal] = await once(child, 'exit');
    clearTimeout(timer);
    if (signal === 'SIGKILL') killed++;
    else if (killed >= kills || code !== 0) break;
    // It has ended before its kill came: there is nothing left to do, so everything is done anew.
    else workspace.write('grades/journal.jsonl', '');
  }
  const journal = readFileSync(join(workspace.folder, 'grades', 'journal.jsonl'), 'utf8');
  const journaled = journal
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => JSON.parse(line).result.submission.id as string);
  return { kills: killed, journaled, csv: workspace.read('grades.csv'), students };
}
