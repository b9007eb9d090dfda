import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DEFAULT_LIMITS } from '../../manifest/document.ts';
import type { InputFile } from '../../run/input-file.ts';
import { DOCUMENT, packagedExercise } from '../exercise/find-exercise.ts';
import { findScenario, inParent, MANIFEST_FILE } from '../find-input.ts';

/** An exercise that a run is about. */
export interface RunExercise {
  /** Of its folder or document. */
  readonly path: string;
  /** Whether the run begins with an answer to it, right or wrong, and not with its start. */
  readonly beganWithAnswer: boolean;
  /** Files of what is there before the answer, by the names that messages show. */
  readonly scene: ReadonlySet<string>;
}

/** What was named on the command line, exercises taken out. */
export interface ExerciseInput {
  readonly names: readonly string[];
  /** All names, as they were given. */
  readonly given: readonly string[];
  readonly exercise: RunExercise | undefined;
  /** Its files: what is there before, and what the learner begins with. */
  readonly files: readonly InputFile[];
  /** Where it was taken from; '' where it lies where its name says. */
  readonly note: string;
}

/** Takes the first exercise out of the names: a folder with an exercise.yaml, a document, or the name of one of the package. */
export async function takeExercise(names: readonly string[], directory: string): Promise<ExerciseInput> {
  for (const name of names) {
    const found = exerciseAt(name, directory);
    if (found === undefined) continue;
    const { readLessonFiles } = await import('./lesson/lesson-files.ts');
    const { scene, start } = readLessonFiles(found.path, found.shown);
    return {
      given: names,
      names: names.filter((each) => each !== name),
      exercise: { path: found.path, beganWithAnswer: false, scene: new Set(scene.map(({ file }) => file)) },
      files: [...scene, ...start],
      note: found.note,
    };
  }
  return { names, given: names, exercise: undefined, files: [], note: '' };
}

/** The exercise that a Scenario says belongs to it: one that lies beside its file, or one of the package. */
export function exerciseOfScenario(name: string, files: readonly InputFile[]): RunExercise | undefined {
  if (name === '') return undefined;
  const beside = files.flatMap(({ path }) => (path === undefined ? [] : [join(dirname(path), name)]));
  const path = beside.find((each) => existsSync(join(each, DOCUMENT))) ?? packagedExercise(name);
  return path === undefined ? undefined : { path, beganWithAnswer: true, scene: new Set() };
}

function exerciseAt(name: string, directory: string): { path: string; shown: string; note: string } | undefined {
  if (name === '-') return undefined;
  const path = resolve(directory, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true)
    return existsSync(join(path, DOCUMENT)) ? { path, shown: name, note: '' } : undefined;
  if (stats !== undefined)
    return stats.isFile() && isDocument(path, stats.size) ? { path, shown: dirname(name), note: '' } : undefined;
  const wanted = /^(?:\.\/)?(?:scenarios\/)?([\w-]+)\/?$/.exec(name.replaceAll('\\', '/'))?.[1] ?? '';
  const isTaken = findScenario(name, directory) !== undefined || inParent(name, directory) !== undefined;
  const packaged = isTaken ? undefined : packagedExercise(wanted);
  if (packaged === undefined) return undefined;
  const near = relative(directory, packaged);
  const shown = near.startsWith('..') ? packaged : near;
  return {
    path: packaged,
    shown,
    note: `${name} is not in this folder: running the exercise of the package, ${shown}`,
  };
}

/** Whether a file is the document of an exercise: told before anything of it is decoded. */
function isDocument(path: string, size: number): boolean {
  if (!MANIFEST_FILE.test(path) || size > DEFAULT_LIMITS.fileBytes) return false;
  return /^kind:\s*["']?Exercise\b/m.test(readFileSync(path, 'latin1'));
}
