import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { decodeExercise } from '../../grader/exercise/decode.ts';
import type { Exercise } from '../../grader/exercise/document.ts';
import type { ExerciseFiles } from '../../grader/exercise/exercise-files.ts';
import type { SourceFile } from '../../manifest/source-map.ts';

/** An exercise, and where it lies. */
export interface ExerciseOnDisk extends ExerciseFiles {
  /** Folder of the document. */
  readonly folder: string;
}

const DOCUMENT = 'exercise.yaml';
const MANIFEST = /\.(ya?ml|json)$/;

/**
 * Reads an exercise: the path of its folder, or of its document. What is misspelt in the document is for who decodes it; folders
 * that are not there are empty.
 * @throws Error in words, when the document or its scenario cannot be read
 */
export function readExercise(path: string): ExerciseOnDisk {
  const file = statSync(path).isDirectory() ? join(path, DOCUMENT) : path;
  const folder = dirname(resolve(file));
  const exercise = readText(file, file);
  const document = decodeExercise(file, exercise.text).exercise;
  const { scenario = '', start = 'start', solution = 'solution' } = (document ?? {}) as Partial<Exercise>;
  return {
    folder,
    exercise,
    scenario: scenario === '' ? [] : readManifests(resolve(folder, scenario), scenario),
    start: readIfThere(folder, start),
    solution: readIfThere(folder, solution),
    wrong: new Map(foldersIn(join(folder, 'wrong')).map((name) => [name, readIfThere(folder, `wrong/${name}`)])),
  };
}

function readIfThere(folder: string, name: string): SourceFile[] {
  const path = resolve(folder, name);
  return existsSync(path) ? readManifests(path, name) : [];
}

/** A file, or every manifest of a folder and its folders, by name. */
function readManifests(path: string, shown: string): SourceFile[] {
  if (!statSync(path).isDirectory()) return [readText(path, basename(path))];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const manifests = names.filter((name) => MANIFEST.test(name)).sort();
  if (manifests.length === 0) throw new Error(`${shown} holds no manifests`);
  return manifests.map((name) => readText(join(path, name), name));
}

function readText(path: string, file: string): SourceFile {
  return { file, text: readFileSync(path, 'utf8') };
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
