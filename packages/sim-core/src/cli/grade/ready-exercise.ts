import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultHead } from '../../grader/class/unchecked.ts';
import { ENGINE } from '../../grader/engine.ts';
import type { Exercise } from '../../grader/exercise/document.ts';
import { grade } from '../../grader/grade.ts';
import type { Intake } from '../../grader/intake/take-in.ts';
import type { GradeResult } from '../../grader/result.ts';
import { ExerciseLibrary } from '../../grading/load-exercise.ts';
import { type ExerciseOnDisk, readExercise } from '../../host/grader/read-exercise.ts';
import { formatProblem } from '../../manifest/problem.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';
import { grounds, type RealCluster } from './grounds.ts';

/** An exercise as the command line names it: plain data, so that a worker thread gets the same. */
export interface ExerciseOrder {
  readonly path: string;
  /** The instructor's part, `--with`: the whole exercise, with everything that students do not have. */
  readonly instructor?: string | undefined;
  /** File with the secret that decides who gets which variant. */
  readonly secret?: string | undefined;
  /** The real cluster to grade in; the simulated one without it. */
  readonly real?: RealCluster;
}

/** An exercise that is ready to grade. */
export interface ReadyExercise {
  readonly exercise: Exercise;
  readonly disk: ExerciseOnDisk;
  readonly library: ExerciseLibrary;
  /** What results of this student say of the exercise. */
  headOf(student: string): ResultHead;
  /** What decides about the grade of this student besides the submission: the variant. */
  variantOf(student: string): string;
  /** The exercise brings the ingress controller: a student's own manifest of it is set aside. */
  readonly bringsController: boolean;
  grade(submission: Intake): Promise<GradeResult>;
}

/** Name of the file with the secret, beside the document; `exercise pack --student` leaves it out. */
export const SECRET_FILE = 'secret.txt';

/**
 * Reads an exercise from disk and makes it ready.
 * @throws CliError refused with every problem and its line
 */
export function readyExercise({ path, instructor, secret, real }: ExerciseOrder): ReadyExercise {
  const student = open(path, secret);
  const whole = instructor === undefined ? student : open(instructor, secret);
  if (whole.exercise.name !== student.exercise.name) {
    const names = `${whole.exercise.name}, not ${student.exercise.name}`;
    throw new CliError(EXIT.refused, `--with ${instructor}: this is the instructor's part of ${names}`);
  }
  const { library, exercise, disk } = whole;
  const { settings } = library.forStudent('');
  const groundOf = grounds(real);
  const headOf = (id: string) => headFrom(library, id);
  return {
    exercise,
    disk,
    library,
    headOf,
    variantOf: (id) => JSON.stringify(library.forStudent(id).pack.variant),
    bringsController: settings.addons.includes('ingress-nginx'),
    grade: (submission) => {
      const loaded = library.forStudent(submission.student ?? submission.id);
      return grade(loaded.pack, submission, groundOf(loaded));
    },
  };
}

function open(path: string, secret: string | undefined) {
  const disk = readFrom(path);
  const library = new ExerciseLibrary(disk, secretOf(disk.folder, secret));
  const errors = library.problems.filter(({ severity }) => severity === 'error');
  const { exercise } = library;
  if (exercise === undefined || errors.length > 0)
    throw new CliError(EXIT.refused, errors.map(formatProblem).join('\n'));
  return { disk, library, exercise };
}

function readFrom(path: string): ExerciseOnDisk {
  try {
    return readExercise(existsSync(path) ? path : (packagedExercise(path) ?? path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const hint = '\n  Exercises that come with the package: npx k8s-ingress-sandbox exercise';
    throw new CliError(EXIT.refused, `${path}: ${code === 'ENOENT' ? `no such exercise${hint}` : message}`);
  }
}

/** An exercise of the package, where a bare name means one; a path means only what it says. */
export function packagedExercise(name: string): string | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined;
  const folder = join(packageRoot(), 'scenarios', name);
  return existsSync(join(folder, 'exercise.yaml')) ? folder : undefined;
}

function secretOf(folder: string, file: string | undefined): string {
  const path = file ?? join(folder, SECRET_FILE);
  if (file === undefined && !existsSync(path)) return '';
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CliError(EXIT.refused, `${path}: cannot be read: ${(error as Error).message}`);
  }
}

function headFrom(library: ExerciseLibrary, student: string): ResultHead {
  const { exercise, digest } = library.forStudent(student).pack;
  const { name, title, seed, checks } = exercise;
  return { engine: ENGINE, exercise: { name, title, digest }, seed, cluster: 'simulated', checks };
}
