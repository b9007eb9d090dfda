import { ExerciseLibrary } from '../../grading/load-exercise.ts';
import { type ExerciseOnDisk, readExercise } from '../../host/grader/read-exercise.ts';
import { formatProblem } from '../../manifest/problem.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { findExercise } from './find-exercise.ts';

/** An exercise that was named on the command line. */
export interface NamedExercise {
  readonly disk: ExerciseOnDisk;
  readonly library: ExerciseLibrary;
}

/**
 * Reads an exercise, whatever is wrong in its document.
 * @throws CliError refused, when there is none
 */
export function openExercise(name: string): NamedExercise {
  const path = findExercise(name);
  try {
    const disk = readExercise(path);
    return { disk, library: new ExerciseLibrary(disk) };
  } catch (error) {
    throw new CliError(EXIT.refused, `${name}: ${(error as Error).message}`);
  }
}

/** @throws CliError refused with every mistake in the document, at its line */
export function openSoundExercise(name: string): NamedExercise {
  const opened = openExercise(name);
  const errors = opened.library.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new CliError(EXIT.refused, errors.map(formatProblem).join('\n'));
  return opened;
}
