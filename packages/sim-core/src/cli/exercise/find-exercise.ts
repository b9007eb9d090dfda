import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../manifest/nearest.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';

const DOCUMENT = 'exercise.yaml';

/** Exercises that come with the package, by name. */
export function packagedExercises(): string[] {
  const folder = join(packageRoot(), 'scenarios');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, DOCUMENT)));
}

/**
 * Path of an exercise: a folder or a document of one's own, or the name of one that comes with the package.
 * @throws CliError refused, naming the nearest
 */
export function findExercise(name: string): string {
  if (existsSync(name)) {
    if (existsSync(join(name, DOCUMENT)) || /\.ya?ml$/.test(name)) return name;
    throw new CliError(EXIT.refused, `${name} holds no ${DOCUMENT}`);
  }
  const packaged = packagedExercises();
  if (packaged.includes(name)) return join(packageRoot(), 'scenarios', name);
  const meant = nearest(name, packaged);
  const hint = meant === undefined ? `there are ${packaged.join(', ')}` : `did you mean ${meant}?`;
  throw new CliError(EXIT.refused, `${name}: no such exercise, folder or file; ${hint}`);
}
