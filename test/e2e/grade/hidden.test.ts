import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXERCISE, handIn, solution } from '../../support/student-class.ts';
import { LAUNCHER, type Result, Workspace } from '../../support/workspace.ts';

/** Every hidden check says it wherever it can. */
const CANARY = 'canarystring';
const workspace = new Workspace();

const HIDDEN = `  checks:
    - id: ${CANARY}-one
      title: ${CANARY} title
      message: ${CANARY} message
      points: 7
      visibility: hidden
      http: { request: { path: /${CANARY} }, expect: { status: 418 } }
    - id: ${CANARY}-two
      title: ${CANARY} later
      points: 11
      visibility: after_due_date
      http: { request: { path: /${CANARY} }, expect: { status: 200 } }
`;

function grade(...args: string[]): Promise<Result> {
  return workspace.run(process.execPath, [LAUNCHER, ...args], { patience: 120_000 });
}

/** Everything in a folder, and what was printed. */
function everything(folder: string, { stdout, stderr }: Result): string {
  const files = readdirSync(join(workspace.folder, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  // The journal is the instructor's.
  const texts = files
    .filter(({ name }) => !name.includes('journal'))
    .map(({ parentPath, name }) => `${name}\n${readFileSync(join(parentPath, name), 'utf8')}`);
  return [stdout, stderr, ...texts].join('\n');
}

beforeAll(async () => {
  await workspace.run('cp', ['-r', EXERCISE, 'whole']);
  workspace.edit('whole/exercise.yaml', '  checks:\n', HIDDEN);
  workspace.edit(
    'whole/exercise.yaml',
    '  hints:\n',
    `  hints:\n    - { check: ${CANARY}-one, text: "${CANARY} hint" }\n`,
  );
  workspace.edit(
    'whole/exercise.yaml',
    '  wrong:\n',
    `  wrong:\n    ${CANARY}: { score: 1, fails: [${CANARY}-one] }\n`,
  );
  workspace.write(`whole/wrong/${CANARY}/all.yaml`, `kind: ${CANARY}\n`);
  workspace.write('whole/secret.txt', CANARY);
  handIn(workspace, 'alice', solution());
  handIn(workspace, 'bob', { 'web.yaml': 'kind: Service\n' });
}, 60_000);
afterAll(() => workspace.clear());

describe('hidden checks', () => {
  it('leak into no format, no count and no exit code', { timeout: 240_000 }, async () => {
    // Alice's variant follows from the secret, so she may miss the weight; what counts is that both runs agree.
    const plain = await grade(
      'grade',
      EXERCISE,
      'submissions/alice',
      '--secret-file',
      'whole/secret.txt',
      '--out',
      'plain',
    );
    const one = await grade('grade', 'whole', 'submissions/alice', '--out', 'one');
    expect(everything('one', one)).not.toContain(CANARY);
    expect(one.status).toBe(plain.status);
    expect(one.stdout).toBe(plain.stdout);
    const batch = await grade('grade', 'whole', 'submissions', '--batch', '--out', 'batch', '--csv', 'batch/more.csv');
    expect(everything('batch', batch)).not.toContain(CANARY);
    expect(workspace.read('batch/journal.jsonl')).toContain(CANARY);
    const instructor = await grade(
      'grade',
      'whole',
      'submissions/alice',
      '--audience',
      'instructor',
      '--out',
      'instructor',
    );
    expect(everything('instructor', instructor)).toContain(CANARY);
  });

  it('come back with the instructor’s part', { timeout: 240_000 }, async () => {
    const args = [EXERCISE, 'submissions/bob', '--with', 'whole', '--output', 'json'];
    const student = await grade('grade', ...args);
    expect(JSON.parse(student.stdout)).toMatchObject({ score: 0, max: 100 });
    const instructor = await grade('grade', ...args, '--audience', 'instructor');
    expect(JSON.parse(instructor.stdout)).toMatchObject({ score: 0, max: 118 });
  });

  it('are not in what students get', { timeout: 240_000 }, async () => {
    const packed = await grade('exercise', 'pack', '--student', 'whole', '--out', 'student');
    expect(packed.status).toBe(0);
    expect(everything('student', packed)).not.toContain(CANARY);
    expect(packed.stdout).not.toMatch(/solution|wrong|secret/);
    const own = await grade('grade', 'student', 'submissions/alice', '--output', 'json');
    expect(JSON.parse(own.stdout)).toMatchObject({ score: 100, max: 100 });
  });
});
