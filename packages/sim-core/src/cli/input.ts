import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_LIMITS } from '../manifest/document.ts';
import type { InputFile } from '../run/input-file.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { findScenario, MANIFEST_FILE, notFound } from './find-input.ts';

/** The name that standard input has in messages. */
export const STANDARD_INPUT = 'standard input';

/** What the user named, read. */
export interface Input {
  readonly files: readonly InputFile[];
  /** Lines to tell the user first, such as where a packaged scenario was taken from. */
  readonly notes: readonly string[];
}

/** How names are read. */
export interface InputOptions {
  /** Whether a name that does not exist may mean a packaged scenario. */
  readonly packaged: boolean;
  /** Where relative names start; the working directory without it. */
  readonly directory?: string;
  /** Files that come before those that are named. */
  readonly before?: readonly InputFile[];
  /** Reads standard input to its end. */
  readonly readStandardInput?: () => Uint8Array;
}

/**
 * Reads what the user named: files, folders (their .yaml, .yml and .json files by name, not deeper), `-` for standard
 * input. A file that was named twice is read once.
 * @throws CliError usage without a name; refused, naming the nearest match
 */
export function readInput(names: readonly string[], options: InputOptions): Input {
  const { directory = process.cwd(), before = [], readStandardInput = readAllOfStandardInput } = options;
  const files = new Map<string, InputFile>();
  const notes: string[] = [];
  const add = (file: InputFile) => {
    const key = file.path ?? file.file;
    if (!files.has(key)) files.set(key, file);
  };
  for (const file of before) add(file);
  for (const name of new Set(names)) {
    if (name === '-') add({ file: STANDARD_INPUT, bytes: readStandardInput() });
    else for (const file of readName(name, directory, options.packaged, notes)) add(file);
  }
  return { files: [...files.values()], notes };
}

/** Files that a run reads again: what is in the folders now, and the files that were named. */
export function listInput(names: readonly string[], directory: string): { file: string; path: string }[] {
  return names.flatMap((name) => {
    const path = resolve(directory, name);
    return statOf(path)?.isDirectory() ? manifestsIn(name, path) : [];
  });
}

/** @throws CliError usage when nothing is named */
export function expectNames(command: string, names: readonly string[]): void {
  if (names.length === 0) {
    throw new CliError(EXIT.usage, `${command} needs a file, a folder, or - for standard input`);
  }
}

/** @throws CliError refused */
export function readOne(file: string, path: string): InputFile {
  const stats = statOf(path);
  if ((stats?.size ?? 0) > DEFAULT_LIMITS.fileBytes) {
    throw new CliError(
      EXIT.refused,
      `${file}: the file is larger than ${DEFAULT_LIMITS.fileBytes / 1024 / 1024} MB, which is the limit\n  Manifests are text: is this the right file?`,
    );
  }
  try {
    const bytes = readFileSync(path);
    // A pipe is empty the second time.
    return stats?.isFile() ? { file, path, bytes } : { file, bytes };
  } catch (error) {
    throw new CliError(EXIT.refused, `${file}: cannot be read: ${reasonOf(error)}`);
  }
}

function readName(name: string, directory: string, packaged: boolean, notes: string[]): InputFile[] {
  const path = resolve(directory, name);
  const stats = statOf(path);
  if (stats?.isDirectory()) return readFolder(name, path);
  if (stats !== undefined) return [readOne(name, path)];
  const scenario = packaged ? findScenario(name, directory) : undefined;
  if (scenario === undefined) throw new CliError(EXIT.refused, notFound(name, directory));
  if (scenario.note !== '') notes.push(scenario.note);
  return [readOne(scenario.file, scenario.path)];
}

function readFolder(name: string, path: string): InputFile[] {
  const found = manifestsIn(name, path);
  if (found.length > 0) return found.map((each) => readOne(each.file, each.path));
  throw new CliError(
    EXIT.refused,
    `${name}: no .yaml, .yml or .json file in this folder\n  Name a file, or the folder that holds your manifests.`,
  );
}

/** @throws CliError refused */
function manifestsIn(name: string, path: string): { file: string; path: string }[] {
  try {
    return readdirSync(path)
      .filter((file) => MANIFEST_FILE.test(file) && statOf(join(path, file))?.isFile())
      .sort()
      .map((file) => ({ file: join(name, file), path: join(path, file) }));
  } catch (error) {
    throw new CliError(EXIT.refused, `${name}: cannot be read: ${reasonOf(error)}`);
  }
}

function readAllOfStandardInput(): Uint8Array {
  if (process.stdin.isTTY === true) process.stderr.write('Reading manifests from the terminal; Ctrl-D ends them.\n');
  try {
    return readFileSync(0);
  } catch (error) {
    throw new CliError(EXIT.refused, `${STANDARD_INPUT}: cannot be read: ${reasonOf(error)}`);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : message;
}
