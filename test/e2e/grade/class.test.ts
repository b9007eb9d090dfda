import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXERCISE, handIn, handInClass, solution } from '../../support/student-class.ts';
import { LAUNCHER, type Result, Workspace } from '../../support/workspace.ts';

/**
 * A class as an instructor has it: renamed, broken and dumped solutions, a hostile submission, two that are missing. Graded to CSV
 * and Gradescope JSON, graded again after a change of points, and the differences explained.
 */
const workspace = new Workspace();
const students: string[] = [];
let first: Result;

function grade(...args: string[]): Promise<Result> {
  return workspace.run(process.execPath, [LAUNCHER, 'grade', ...args], { patience: 240_000 });
}

const CLASS = ['submissions', '--roster', 'roster.csv', '--out', 'grades', '--overrides', 'overrides.csv'];

beforeAll(async () => {
  students.push(...handInClass(workspace, 38), 'dumper', 'zipper', 'hostile');
  await handInDump();
  await handInArchives();
  const roster = [...students, 'ghost', 'sleeper'].map((id) => `${id},Student ${id}`);
  workspace.write('roster.csv', `student,name\n${roster.join('\n')}\n`);
  workspace.write('overrides.csv', 'student,check,points,reason\nstudent-001,split,12,the task was unclear\n');
  workspace.run('cp', ['-r', EXERCISE, 'exercise']);
  first = await grade('exercise', ...CLASS, '--csv', 'first.csv', '--gradescope', 'gradescope', '--output', 'csv');
}, 300_000);
afterAll(() => workspace.clear());

/** What `kubectl get -o yaml` says of the solution in a running sandbox. */
async function handInDump(): Promise<void> {
  for (const [name, text] of Object.entries(solution())) workspace.write(join('dumped', name), text);
  const sandbox = workspace.start('dumped', '--addon', 'ingress-nginx', '--output', 'json', '--cloud-delay', '0s');
  await sandbox.event('settled');
  const dump = await workspace.cli('kubectl', 'get', 'deployments,services,ingresses', '-o', 'yaml');
  handIn(workspace, 'dumper', { 'all.yaml': dump.stdout });
  await sandbox.kill();
}

/** One who hands in an archive with everything that lies about, and one who means harm. */
async function handInArchives(): Promise<void> {
  for (const [name, text] of Object.entries(solution())) workspace.write(join('packed/repo-main/k8s', name), text);
  workspace.write('packed/repo-main/README.md', '# mine\n');
  workspace.write('packed/repo-main/.github/workflows/ci.yml', 'on: push\njobs: {}\n');
  await workspace.shell('cd packed && tar czf ../submissions/zipper.tar.gz repo-main');
  workspace.write('submissions/hostile.tgz', gzipSync(Buffer.alloc(200_000_000)));
}

function rows(name: string): Map<string, Record<string, string>> {
  const [head = '', ...lines] = workspace.read(name).trim().split('\r\n');
  const columns = head.split(',');
  const all = lines.map((line) =>
    Object.fromEntries(columns.map((column, index) => [column, line.split(',')[index] ?? ''])),
  );
  return new Map(all.map((row) => [row['student'] ?? '', row]));
}

describe('a class', () => {
  it('has a line for everybody on the roster, once', () => {
    expect(first.status).toBe(3);
    expect([...rows('first.csv').keys()].sort()).toEqual([...students, 'ghost', 'sleeper'].sort());
    expect(first.stderr).toMatch(/40 graded, 1 could not be checked in full: look at them yourself, 2 missing/);
  });

  it('gives full points to whoever has it right, whatever they call things and however they hand it in', () => {
    const graded = rows('first.csv');
    for (const id of [...students.filter((_, index) => index < 38 && index % 2 === 0), 'dumper', 'zipper']) {
      expect([id, graded.get(id)?.['percent']]).toEqual([id, '100']);
    }
    for (const id of students.filter((_, index) => index < 38 && index % 2 === 1)) {
      expect([id, Number(graded.get(id)?.['percent']) < 100]).toEqual([id, true]);
    }
  });

  it('shows who is missing, and who has to be looked at', () => {
    const graded = rows('first.csv');
    expect(graded.get('ghost')).toMatchObject({ status: 'missing', score: '0', name: 'Student ghost' });
    expect(graded.get('hostile')).toMatchObject({ status: 'could-not-check', max: '0', ungraded: '100' });
    expect(graded.get('student-001')).toMatchObject({ split: '12' });
  });

  it('has a results.json for everybody', () => {
    const folder = join(workspace.folder, 'gradescope');
    const files = readdirSync(folder).sort();
    expect(files).toHaveLength(43);
    for (const file of files) {
      const results = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      expect(results.tests).toHaveLength(6);
    }
  });

  it('is graded again after a change of points, and the differences are explained', { timeout: 240_000 }, async () => {
    workspace.edit('exercise/exercise.yaml', 'points: 30', 'points: 40');
    const again = await grade('exercise', ...CLASS, '--resume', '--csv', 'second.csv', '--output', 'csv');
    expect(again.stderr).toMatch(/another version of the exercise or of this program: everything is graded again/);
    expect(rows('second.csv').get('student-000')).toMatchObject({ score: '110', split: '40' });
    // Decisions of the instructor survive.
    expect(rows('second.csv').get('student-001')).toMatchObject({ split: '12' });
    const diff = await grade('diff', 'grades/journal.jsonl.previous', 'grades');
    expect(diff.stdout).toContain('student-000: 100 of 100 → 110 of 110\n  split: pass 30/30 → pass 40/40\n');
    expect(diff.stderr).toBe('43 moved, 0 stayed, 0 new, 0 gone\n');
  });

  it('grades nobody again when nothing has changed, and one where that is wanted', { timeout: 120_000 }, async () => {
    const before = readFileSync(join(workspace.folder, 'grades/journal.jsonl'), 'utf8');
    const none = await grade('exercise', ...CLASS, '--resume', '--csv', 'third.csv', '--output', 'csv');
    expect(none.status).toBe(3);
    expect(readFileSync(join(workspace.folder, 'grades/journal.jsonl'), 'utf8')).toBe(before);
    expect(workspace.read('third.csv')).toBe(workspace.read('second.csv'));
    await grade('exercise', ...CLASS, '--only', 'student-000', '--csv', 'fourth.csv', '--output', 'csv');
    const after = readFileSync(join(workspace.folder, 'grades/journal.jsonl'), 'utf8');
    expect(after.split('\n').length - before.split('\n').length).toBe(1);
    expect(workspace.read('fourth.csv')).toBe(workspace.read('second.csv'));
  });

  it('is the same from several machines, merged', { timeout: 240_000 }, async () => {
    for (const part of ['1/3', '2/3', '3/3']) {
      await grade(
        'exercise',
        'submissions',
        '--roster',
        'roster.csv',
        '--shard',
        part,
        '--journal',
        `parts/${part[0]}.jsonl`,
        '--output',
        'csv',
      );
    }
    const merged = await grade(
      'merge',
      'parts/1.jsonl',
      'parts/2.jsonl',
      'parts/3.jsonl',
      '--journal',
      'parts/all.jsonl',
      '--overrides',
      'overrides.csv',
      '--csv',
      'merged.csv',
      '--output',
      'csv',
    );
    expect(merged.status).toBe(3);
    expect(rows('merged.csv')).toEqual(rows('second.csv'));
  });
});
