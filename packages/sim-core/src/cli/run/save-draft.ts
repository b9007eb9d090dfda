import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ControlError } from '../../run/control-error.ts';
import type { InputFile } from '../../run/input-file.ts';
import { type RunFiles, textOfFile } from '../../run/run-files.ts';
import { PROGRAM } from '../command.ts';
import { readOne } from '../input.ts';

/**
 * Writes the draft of a file where the file lies, letter by letter: comments and the order of fields are the draft's.
 * @param text the draft as whoever saves has seen it: nothing is written that nobody looked at
 * @throws ControlError 404 without such a file, 409 when there is nothing to save, something has changed meanwhile, or the
 *   file is the installed package's own
 */
export function saveDraft(files: RunFiles, name: string, text: string): void {
  const file = files.find(name);
  if (file?.path === undefined) throw new ControlError(404, `${name} is no file of this run that could be saved`);
  expectOwn(name, file.path);
  if (files.textOf(name) !== text)
    throw new ControlError(409, `${name} has another draft by now: look at it, and save again`, 'Conflict');
  expectUnchanged(file, file.path);
  const bytes = encoded(text, file);
  try {
    writeFileSync(file.path, bytes);
  } catch (error) {
    throw new ControlError(409, `${name} cannot be written: ${(error as Error).message}`, 'Conflict');
  }
  files.applied({ ...file, bytes });
}

/** An installed package is not the user's to edit: the next update, or another folder, would meet the change. */
function expectOwn(name: string, path: string): void {
  if (!/[\\/]node_modules[\\/]/.test(path)) return;
  const scenario = basename(path).replace(/\.ya?ml$/, '');
  throw new ControlError(
    409,
    `${name} belongs to the installed package; "${PROGRAM} init ${scenario}" makes a copy that is yours to save`,
    'Conflict',
  );
}

/** What somebody saved with another editor is not ours to overwrite. */
function expectUnchanged(file: InputFile, path: string): void {
  if (textOfFile(onDisk(file.file, path)) === textOfFile(file)) return;
  const next = 'press Enter in the terminal to apply what is there, or put it aside';
  throw new ControlError(409, `${file.file} was changed on the disk since it was read: ${next}`, 'Conflict');
}

function onDisk(name: string, path: string): InputFile | undefined {
  try {
    return readOne(name, path);
  } catch {
    return undefined;
  }
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** UTF-8, with a byte order mark where the file began with one. */
function encoded(text: string, { bytes }: InputFile): Uint8Array {
  const content = new TextEncoder().encode(text);
  const isMarked = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
  return isMarked ? Uint8Array.from([...BYTE_ORDER_MARK, ...content]) : content;
}
