import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { nearest } from '../manifest/nearest.ts';
import { PROGRAM } from './command.ts';
import { packagedScenarios } from './package-root.ts';

/** Names of files that are read in a folder. */
export const MANIFEST_FILE = /\.(ya?ml|json)$/i;

/** A scenario that a name means. */
export interface FoundScenario {
  /** As messages show it. */
  readonly file: string;
  readonly path: string;
  /** Says where it was taken from; '' for one that lies where its name says. */
  readonly note: string;
}

/**
 * The scenario that a name means which does not exist: `canary`, `canary.yaml` or `scenarios/canary.yaml`. The one in the
 * folder's own `scenarios/` comes first; none where a parent folder has the path: that one was meant.
 */
export function findScenario(name: string, directory: string): FoundScenario | undefined {
  const wanted = /^(?:\.\/)?(?:scenarios\/)?([\w.-]+?)(?:\.ya?ml)?$/.exec(name.replaceAll('\\', '/'))?.[1];
  const isWord = wanted === name;
  const own = join('scenarios', `${name}.yaml`);
  if (isWord && existsSync(join(directory, own))) return { file: own, path: join(directory, own), note: '' };
  if (isAbsolute(name) || inParent(isWord ? own : name, directory) !== undefined) return undefined;
  const path = packagedScenarios().find((scenario) => scenario.name === wanted)?.file;
  if (path === undefined) return undefined;
  const file = relativeName(path, directory);
  return { file, path, note: `${name} is not in this folder: running the scenario of the package, ${file}` };
}

/** Says that a name is no file, and what was probably meant. */
export function notFound(name: string, directory: string): string {
  if (/^https?:\/\//i.test(name)) {
    return `${name}: a sandbox opens no connection to the outside\n  Download it first: curl -LO ${name}`;
  }
  const meant =
    inParent(name, directory) ?? inParent(join('scenarios', `${name}.yaml`), directory) ?? sibling(name, directory);
  if (meant !== undefined) return `${name}: no such file; did you mean ${meant}?`;
  const word = basename(name).replace(/\.ya?ml$/, '');
  const scenario = nearest(
    word,
    packagedScenarios().map((each) => each.name),
  );
  if (scenario !== undefined) return `${name}: no such file; did you mean the scenario ${scenario}?`;
  return `${name}: no such file or folder\n  Scenarios that come with the package: ${PROGRAM} scenarios`;
}

/** A path as it is shortest to read from a folder. */
function relativeName(path: string, directory: string): string {
  const near = relative(directory, path);
  return near.startsWith('..') ? path : near;
}

/** Where a folder above has that path; undefined where none has it. */
export function inParent(name: string, directory: string): string | undefined {
  if (isAbsolute(name)) return undefined;
  for (let folder = dirname(directory); ; folder = dirname(folder)) {
    const path = join(folder, name);
    if (existsSync(path)) return relative(directory, path);
    if (dirname(folder) === folder) return undefined;
  }
}

/** A manifest in the same folder with nearly that name. */
function sibling(name: string, directory: string): string | undefined {
  const meant = nearest(basename(name), siblings(dirname(resolve(directory, name))));
  return meant === undefined ? undefined : join(dirname(name), meant);
}

function siblings(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => MANIFEST_FILE.test(file));
  } catch {
    return [];
  }
}
