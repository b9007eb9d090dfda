import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GradeResult } from '../grader/result.ts';
import { gradeSimulated } from '../grading/grade-simulated.ts';
import { ExerciseLibrary } from '../grading/load-exercise.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { readExercise } from '../host/grader/read-exercise.ts';
import { packageRoot } from './package-root.ts';

const scenarios = join(packageRoot(), 'scenarios');
const exercises = readdirSync(scenarios).filter((name) => existsSync(join(scenarios, name, 'exercise.yaml')));

describe.each(exercises)('%s', (name) => {
  const disk = readExercise(join(scenarios, name));
  const library = new ExerciseLibrary(disk);
  const gradeFiles = (id: string, files: typeof disk.solution): Promise<GradeResult> => {
    const { variant } = library.forStudent(id).pack;
    const filled = library.filled(files, variant).map(({ file, text }) => ({ path: file, used: true, text }));
    return gradeSimulated(library, { id, files: filled }, { certificates: nodeCertificates, wallNow: () => 0 });
  };

  test('can be read', () => {
    expect(library.problems).toEqual([]);
  });

  test('the solution gets everything, the start does not', async () => {
    const solution = await gradeFiles('solution', disk.solution);
    expect(solution.checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    const start = await gradeFiles('start', disk.start);
    expect(start.score).toBeLessThan(start.max);
  });

  test.each([...disk.wrong.keys()])('the wrong answer %s fails on its own checks', async (wrong) => {
    const { score, ungraded, checks } = await gradeFiles(wrong, disk.wrong.get(wrong) ?? []);
    const expected = library.exercise?.wrong.find((each) => each.name === wrong);
    const failed = checks.filter(({ result }) => result === 'not-yet').map(({ id }) => id);
    expect({ score, ungraded, failed }).toEqual({ score: expected?.score, ungraded: 0, failed: expected?.fails });
  });
});
