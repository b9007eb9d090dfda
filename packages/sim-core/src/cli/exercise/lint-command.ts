import { lintExercise } from '../../grading/lint-exercise.ts';
import { formatProblem } from '../../manifest/problem.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { openExercise } from './exercise-on-disk.ts';

/** `exercise lint <exercise> …`: what is wrong with documents, and what could be better. @returns the exit code */
export function lintCommand(names: readonly string[], isJson: boolean, output: Output): number {
  if (names.length === 0) throw new CliError(EXIT.usage, 'exercise lint needs an exercise: its folder, or its name');
  let errors = 0;
  for (const name of names) {
    const { disk, library } = openExercise(name);
    const problems = lintExercise(library, disk);
    errors += problems.filter(({ severity }) => severity === 'error').length;
    if (isJson) output.out(JSON.stringify({ exercise: name, problems }));
    else
      for (const each of problems) output.out(formatProblem({ ...each, message: `${each.severity}: ${each.message}` }));
    if (!isJson && problems.length === 0) output.out(`${name}: nothing to complain about`);
  }
  return errors === 0 ? EXIT.ok : EXIT.refused;
}
