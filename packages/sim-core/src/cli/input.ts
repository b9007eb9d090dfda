import { existsSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { nearest } from '../manifest/nearest.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { packagedScenarios, packageRoot } from './package-root.ts';

const MANIFEST_FILE = /\.(ya?ml|json)$/i;
/** Files larger than this are not read at all; the decoder says the exact limit. */
const READ_LIMIT = 64 * 1024 * 1024;

/** A file of manifests as it was read; `file` is the name that messages show. */
export interface InputFile {
  readonly file: string;
  /** Where it can be read again; absent for standard input. */
  readonly path?: string;
  readonly bytes: Uint8Array;
}

export interface Input {
  readonly files: InputFile[];
  /** Lines to tell the user first, such as where a packaged scenario was taken from. */
  readonly notes: string[];
}

/**
 * Reads what the user named: files, folders (their .yaml, .yml and .json files by name, not deeper), `-` for standard
 * input. With `packaged`, a name that does not exist may mean a packaged scenario.
 * @throws CliError refused, naming the nearest match
 */
export function readInput(names: readonly string[], options: { packaged: boolean; directory?: string }): Input {
  const directory = options.directory ?? process.cwd();
  const files: InputFile[] = [];
  const notes: string[] = [];
  for (const name of names) {
    if (name === '-') files.push({ file: 'standard input', bytes: readFileSync(0) });
    else readName(name, directory, options.packaged, files, notes);
  }
  return { files, notes };
}

function readName(name: string, directory: string, packaged: boolean, files: InputFile[], notes: string[]): void {
  const path = resolve(directory, name);
  const stats = statOf(path);
  if (stats?.isDirectory()) {
    files.push(...readFolder(name, path));
    return;
  }
  if (stats !== undefined) {
    files.push(readOne(name, path));
    return;
  }
  const scenario = packaged ? findPackaged(name, directory) : undefined;
  if (scenario === undefined) throw new CliError(EXIT.refused, notFound(name, directory));
  notes.push(`${name} is not here: using the scenario that comes with the package, ${scenario}`);
  files.push(readOne(relativeName(scenario, directory), scenario));
}

function readFolder(name: string, path: string): InputFile[] {
  const names = readdirSync(path)
    .filter((file) => MANIFEST_FILE.test(file) && statOf(join(path, file))?.isFile())
    .sort();
  if (names.length === 0) {
    throw new CliError(
      EXIT.refused,
      `${name}: no .yaml, .yml or .json file in this folder\n  Name a file, or the folder that holds your manifests.`,
    );
  }
  return names.map((file) => readOne(join(name, file), join(path, file)));
}

function readOne(file: string, path: string): InputFile {
  try {
    if ((statOf(path)?.size ?? 0) > READ_LIMIT)
      throw new CliError(EXIT.refused, `${file}: larger than 10 MB; manifests are text, is this the right file?`);
    return { file, path, bytes: readFileSync(path) };
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'permission denied' : (error as Error).message;
    throw new CliError(EXIT.refused, `${file}: cannot be read: ${reason}`);
  }
}

/** `canary`, `canary.yaml` and `scenarios/canary.yaml` all mean the packaged scenario, unless a parent folder has the path. */
function findPackaged(name: string, directory: string): string | undefined {
  if (isAbsolute(name) || inParent(name, directory) !== undefined) return undefined;
  const wanted = /^(?:\.\/)?(?:scenarios\/)?([\w.-]+?)(?:\.ya?ml)?$/.exec(name.replaceAll('\\', '/'))?.[1];
  return packagedScenarios().find((scenario) => scenario.name === wanted)?.file;
}

function inParent(name: string, directory: string): string | undefined {
  for (let folder = dirname(directory); ; folder = dirname(folder)) {
    const path = join(folder, name);
    if (folder !== packageRoot() && existsSync(path)) return relative(directory, path);
    if (dirname(folder) === folder) return undefined;
  }
}

function notFound(name: string, directory: string): string {
  const parent = isAbsolute(name) ? undefined : inParent(name, directory);
  if (parent !== undefined) return `${name}: no such file; did you mean ${parent}?`;
  const folder = dirname(resolve(directory, name));
  const siblings = statOf(folder)?.isDirectory() ? readdirSync(folder).filter((file) => MANIFEST_FILE.test(file)) : [];
  const sibling = nearest(basename(name), siblings);
  if (sibling !== undefined) return `${name}: no such file; did you mean ${join(dirname(name), sibling)}?`;
  const scenario = nearest(
    basename(name).replace(/\.ya?ml$/, ''),
    packagedScenarios().map((each) => each.name),
  );
  if (scenario !== undefined) return `${name}: no such file; did you mean the scenario ${scenario}?`;
  return `${name}: no such file\n  List the scenarios that come with the package: npx k8s-ingress-sandbox scenarios`;
}

function relativeName(path: string, directory: string): string {
  const near = relative(directory, path);
  return near.startsWith('..') ? path : near;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
