import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeResult } from '../../grader/result.ts';
import { gradeSimulated } from '../../grading/grade-simulated.ts';
import { ExerciseLibrary } from '../../grading/load-exercise.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { readExercise } from '../../host/grader/read-exercise.ts';
import type { SourceFile } from '../../manifest/source-map.ts';
import { packageRoot } from '../package-root.ts';

const scenarios = join(packageRoot(), 'scenarios');

/** Names of the exercises that come with the package. */
export const EXERCISES: readonly string[] = readdirSync(scenarios).filter((name) =>
  existsSync(join(scenarios, name, 'exercise.yaml')),
);

/** A day on which the certificates of solutions hold. */
const IN_TIME = Date.UTC(2027, 0, 1);

/** A shipped exercise, ready to grade texts without a clock that runs. */
export function exerciseBench(name: string) {
  const disk = readExercise(join(scenarios, name));
  const library = new ExerciseLibrary(disk);
  const grade = (id: string, files: readonly SourceFile[]): Promise<GradeResult> => {
    const loaded = library.forStudent(id);
    const filled = library
      .filled(files, loaded.pack.variant)
      .map(({ file, text }) => ({ path: file, used: true, text }));
    return gradeSimulated(loaded, { id, files: filled }, { certificates: nodeCertificates, wallNow: () => IN_TIME });
  };
  return { disk, library, grade };
}
