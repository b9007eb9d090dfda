import type { ResultHead } from '../../grader/class/unchecked.ts';
import { ENGINE } from '../../grader/engine.ts';
import type { Exercise } from '../../grader/exercise/document.ts';
import { grade } from '../../grader/grade.ts';
import type { Intake } from '../../grader/intake/take-in.ts';
import type { GradeResult } from '../../grader/result.ts';
import type { Ground } from '../../grader/site.ts';
import type { ExerciseLibrary, LoadedExercise } from '../../grading/load-exercise.ts';
import type { ExerciseOnDisk } from '../../host/grader/read-exercise.ts';
import { openSoundExercise } from '../exercise/exercise-on-disk.ts';
import { CliError, EXIT } from '../exit-codes.ts';
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

/**
 * Reads an exercise from disk and makes it ready.
 * @throws CliError refused with every problem and its line
 */
export function readyExercise({ path, instructor, secret, real }: ExerciseOrder): ReadyExercise {
  const student = openSoundExercise(path, secret);
  const whole = instructor === undefined ? student : openSoundExercise(instructor, secret);
  if (whole.exercise.name !== student.exercise.name) {
    const names = `${whole.exercise.name}, not ${student.exercise.name}`;
    throw new CliError(EXIT.refused, `--with ${instructor}: this is the instructor's part of ${names}`);
  }
  const { library, exercise, disk } = whole;
  const { settings } = library.forStudent('');
  const groundOf = grounds(real);
  const headOf = (id: string) => {
    const loaded = library.forStudent(id);
    return headFrom(loaded, groundOf(loaded));
  };
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

function headFrom({ pack: { exercise, digest } }: LoadedExercise, ground: Ground): ResultHead {
  const { name, title, seed, checks } = exercise;
  return { engine: ENGINE, exercise: { name, title, digest }, seed, cluster: ground.name, checks };
}
