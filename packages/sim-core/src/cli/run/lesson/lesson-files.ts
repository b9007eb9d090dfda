import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_LIMITS } from '../../../manifest/document.ts';
import { decodeText } from '../../../manifest/text.ts';
import type { InputFile } from '../../../run/input-file.ts';
import { openSoundExercise } from '../../exercise/exercise-on-disk.ts';
import { MANIFEST_FILE } from '../../find-input.ts';
import { readOne } from '../../input.ts';

/** The files with which the lesson of an exercise begins. */
export interface LessonFiles {
  /** What is there before the answer. */
  readonly scene: readonly InputFile[];
  /** What the learner begins with. */
  readonly start: readonly InputFile[];
}

/**
 * Reads the files of an exercise, the learner's variant filled in.
 * @param path of its folder or its document
 * @param shown the folder as messages show it; '' for names inside of it
 * @throws CliError refused, when it cannot be read
 */
export function readLessonFiles(path: string, shown: string): LessonFiles {
  const { exercise, disk, library } = openSoundExercise(path);
  const { variant } = library.forStudent('').pack;
  const read = (name: string): InputFile[] =>
    name === '' ? [] : manifestsIn(disk.folder, name).map((each) => filled(each, join(shown, each)));
  const filled = (name: string, file: string): InputFile => {
    const own = readOne(file, resolve(disk.folder, name));
    const text = decodeText(own.bytes, DEFAULT_LIMITS).text;
    const [{ text: filledText = text } = {}] = library.filled([{ file, text }], variant);
    // A text that is filled in lies nowhere: it is not watched, and not saved.
    return filledText === text ? own : { file, bytes: new TextEncoder().encode(String(filledText)) };
  };
  return { scene: read(exercise.scenario), start: read(exercise.start) };
}

/** A file, or every manifest of a folder and its folders, by name; names count from the exercise's folder. */
function manifestsIn(folder: string, name: string): string[] {
  const path = resolve(folder, name);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [name];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  const files = names.filter((each) => MANIFEST_FILE.test(each) && statSync(join(path, each)).isFile());
  return files.sort().map((each) => join(name, each));
}
