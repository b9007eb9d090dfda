import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeExercise } from '../../grader/exercise/decode.ts';
import type { Output } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';
import { packagedExercises } from './find-exercise.ts';

/** `exercise`: those that come with the package, in the order of the lesson, with their titles. */
export function listCommand(isJson: boolean, output: Output): number {
  const exercises = packagedExercises().map((name) => ({ name, title: titleOf(name) }));
  if (isJson) {
    output.out(JSON.stringify(exercises));
    return EXIT.ok;
  }
  const width = Math.max(0, ...exercises.map(({ name }) => name.length)) + 2;
  output.out('Exercises that come with the package:');
  for (const { name, title } of exercises) output.out(`  ${name.padEnd(width)}${title}`);
  return EXIT.ok;
}

function titleOf(name: string): string {
  const file = join(packageRoot(), 'scenarios', name, 'exercise.yaml');
  return decodeExercise(file, readFileSync(file, 'utf8')).exercise?.title ?? '';
}
