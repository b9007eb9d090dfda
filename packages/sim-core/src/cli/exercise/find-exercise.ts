import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../manifest/nearest.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';

/** The document of an exercise, in its folder. */
export const DOCUMENT = 'exercise.yaml';

/** The order of the lesson; exercises that are not part of it follow by name. */
const LESSON: readonly string[] = Object.freeze([
  'service-selector',
  'named-port',
  'load-balancer',
  'missing-controller',
  'wrong-class',
  'ingress-paths',
  'rewrite',
  'tls',
  'canary-weight',
  'canary-host',
  'canary-header',
  'canary-cookie',
  'blue-green',
  'readiness',
  'debug-404',
  'debug-503',
]);

/** Exercises that come with the package, in the order of the lesson. */
export function packagedExercises(): string[] {
  const folder = join(packageRoot(), 'scenarios');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, DOCUMENT)))
    .sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
}

function placeOf(name: string): number {
  const place = LESSON.indexOf(name);
  return place < 0 ? LESSON.length : place;
}

/** Folder of the exercise of that name which comes with the package; undefined for another name. */
export function packagedExercise(name: string): string | undefined {
  return packagedExercises().includes(name) ? join(packageRoot(), 'scenarios', name) : undefined;
}

/**
 * Path of an exercise: a folder or a document of one's own, or the name of one that comes with the package.
 * @throws CliError refused, naming the nearest
 */
export function findExercise(name: string): string {
  if (existsSync(name)) {
    if (existsSync(join(name, DOCUMENT)) || statSync(name).isFile()) return name;
    throw new CliError(EXIT.refused, `${name} holds no ${DOCUMENT}`);
  }
  const path = packagedExercise(name);
  if (path !== undefined) return path;
  const packaged = packagedExercises();
  const meant = nearest(name, packaged);
  const hint = meant === undefined ? `there are ${packaged.join(', ')}` : `did you mean ${meant}?`;
  throw new CliError(EXIT.refused, `${name}: no such exercise, folder or file; ${hint}`);
}
