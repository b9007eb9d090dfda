import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The order of the lesson; scenarios that are not part of it follow by name. */
const LESSON: readonly string[] = Object.freeze([
  'service',
  'loadbalancer',
  'two-loadbalancers',
  'no-controller',
  'ingress',
  'tls',
  'canary',
  'canary-header',
  'blue-green',
]);

/** Folder of the installed package (or the clone): the nearest one above this file that holds the launcher. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'bin', 'k8s-ingress-sandbox.mjs')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

/** One packaged scenario. */
export interface PackagedScenario {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** Its sentence. */
  readonly summary: string;
}

/** The scenarios that come with the package, in the order of the lesson. */
export function packagedScenarios(root = packageRoot()): PackagedScenario[] {
  return readdirSync(join(root, 'scenarios'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readScenario(join(root, 'scenarios', file)))
    .sort((a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1));
}

/** The scenario of the lesson that follows the one of that name. */
export function nextScenario(name: string, root = packageRoot()): PackagedScenario | undefined {
  const scenarios = packagedScenarios(root);
  const at = scenarios.findIndex((each) => each.name === name);
  return at < 0 ? undefined : scenarios[at + 1];
}

function readScenario(file: string): PackagedScenario {
  const summary = /^\s*sandbox\.k8s-ingress\.dev\/summary:\s*"(.*)"\s*$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return { name: basename(file, '.yaml'), file, summary };
}

function placeOf({ name }: PackagedScenario): number {
  const place = LESSON.indexOf(name);
  return place < 0 ? LESSON.length : place;
}
