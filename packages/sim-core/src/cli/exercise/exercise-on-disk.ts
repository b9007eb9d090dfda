import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Exercise } from '../../grader/exercise/document.ts';
import { ExerciseLibrary } from '../../grading/load-exercise.ts';
import { type ExerciseOnDisk, readExercise } from '../../host/grader/read-exercise.ts';
import { formatProblem } from '../../manifest/problem.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { readText } from '../grade/read-text.ts';
import { findExercise } from './find-exercise.ts';

/** Name of the file with the secret, beside the document; `exercise pack --student` leaves it out. */
export const SECRET_FILE = 'secret.txt';

/** An exercise that was named on the command line. */
export interface NamedExercise {
  readonly disk: ExerciseOnDisk;
  readonly library: ExerciseLibrary;
}

/**
 * Reads an exercise, whatever is wrong in its document.
 * @param secret file with what decides who gets which variant; that of the exercise without it
 * @throws CliError refused, when there is none
 */
export function openExercise(name: string, secret?: string): NamedExercise {
  const disk = readFrom(name, findExercise(name));
  return { disk, library: new ExerciseLibrary(disk, secretOf(disk.folder, secret)) };
}

/** @throws CliError refused with every mistake in the document, at its line */
export function openSoundExercise(name: string, secret?: string): NamedExercise & { readonly exercise: Exercise } {
  const { disk, library } = openExercise(name, secret);
  const errors = library.problems.filter(({ severity }) => severity === 'error');
  const { exercise } = library;
  if (exercise === undefined || errors.length > 0)
    throw new CliError(EXIT.refused, errors.map(formatProblem).join('\n'));
  return { disk, library, exercise };
}

function readFrom(name: string, path: string): ExerciseOnDisk {
  try {
    return readExercise(path);
  } catch (error) {
    throw new CliError(EXIT.refused, `${name}: ${(error as Error).message}`);
  }
}

function secretOf(folder: string, file: string | undefined): string {
  const path = file ?? join(folder, SECRET_FILE);
  return file === undefined && !existsSync(path) ? '' : readText(path).trim();
}
