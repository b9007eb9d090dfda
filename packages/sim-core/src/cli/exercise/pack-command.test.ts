import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gradeOne } from '../grade/grade-submission.ts';
import { readyExercise } from '../grade/ready-exercise.ts';
import { packageRoot } from '../package-root.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { packCommand } from './pack-command.ts';

const SHIPPED = join(packageRoot(), 'scenarios', 'canary-weight');
const CANARY = 'canarystring';

/** The shipped exercise with a hidden check, a hint for it, and the secret of the variants. */
function wholeExercise() {
  const folder = temporaryFolder();
  cpSync(SHIPPED, join(folder.path, 'whole'), { recursive: true });
  const document = readFileSync(join(SHIPPED, 'exercise.yaml'), 'utf8')
    .replace(
      '  checks:\n',
      `  checks:\n    # a ${CANARY} comment\n    - { id: ${CANARY}, points: 7, visibility: hidden, http: { request: { path: /${CANARY} }, expect: { status: 418 } } }\n`,
    )
    .replace('  hints:\n', `  hints:\n    - { check: ${CANARY}, text: "${CANARY} hint" }\n`);
  folder.write('whole/exercise.yaml', document);
  folder.write('whole/secret.txt', `${CANARY}-secret`);
  return folder;
}

function everything(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => `${name}\n${readFileSync(join(parentPath, name), 'utf8')}`).join('\n');
}

it('packs what students may have, which grades as the whole does without the hidden checks', async () => {
  const folder = wholeExercise();
  const to = join(folder.path, 'student');
  const output = fakeOutput();
  expect(packCommand(['--student', join(folder.path, 'whole'), '--out', to], output)).toBe(0);
  const packed = everything(to);
  expect(packed).not.toContain(CANARY);
  expect(packed).not.toMatch(/\bwrong\b:|solution\//);
  expect(output.stderr).toBe('');
  const entries = readdirSync(join(SHIPPED, 'solution')).map((name) => ({
    path: name,
    bytes: Buffer.from(readFileSync(join(SHIPPED, 'solution', name), 'utf8').replaceAll('$weight', '5')),
  }));
  const { graded } = await gradeOne(readyExercise({ path: to }), { id: 'alice', entries }, undefined);
  expect(graded.result).toMatchObject({ score: 100, max: 100 });
});

it('fills in the variant of one student', () => {
  const folder = wholeExercise();
  const to = join(folder.path, 'for-alice');
  packCommand(['--student', join(folder.path, 'whole'), '--for', 'alice', '--out', to], fakeOutput());
  const whole = readyExercise({ path: join(folder.path, 'whole') });
  expect(readyExercise({ path: to }).variantOf('anybody')).toBe(whole.variantOf('alice'));
});

it('warns of words of hidden checks in files that go along', () => {
  const folder = wholeExercise();
  folder.write('whole/README.md', `Do not forget the ${CANARY}.\n`);
  const output = fakeOutput();
  packCommand(['--student', join(folder.path, 'whole'), '--out', join(folder.path, 'student')], output);
  expect(output.stderr).toMatch(/README\.md:1 says "canarystring", as a hidden check does/);
});
