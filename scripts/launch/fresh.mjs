// Is what stands in node_modules/ and dist/ made from the sources as they are now? Asked at every start in a clone, so it
// only looks at names, sizes and times of change: a few hundred stat calls.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SINGLE_FILES = [
  'package.json',
  'pnpm-lock.yaml',
  'packages/sim-core/package.json',
  'packages/sim-core/vite.config.ts',
];
const UI_FILES = ['packages/sim-ui/package.json', 'packages/sim-ui/vite.config.ts', 'packages/sim-ui/index.html'];
const FOLDERS = ['packages/sim-core/src', 'packages/sim-ui/src', 'packages/sim-ui/public', 'scripts/build'];
const NOT_BUILT = /\.test\.tsx?$/;

/**
 * One line that changes whenever a file that goes into the build is added, removed or saved.
 *
 * @param {string} root the clone
 */
export function fingerprint(root) {
  const facts = { files: 0, bytes: 0, newest: 0, sum: 0 };
  for (const file of [...SINGLE_FILES, ...UI_FILES]) addFile(facts, join(root, file));
  for (const folder of FOLDERS) addFolder(facts, join(root, folder));
  return `${facts.files} files, ${facts.bytes} bytes, ${facts.newest}, ${facts.sum}`;
}

/** @typedef {{files: number, bytes: number, newest: number, sum: number}} Facts */

/** @type {(facts: Facts, folder: string) => void} */
function addFolder(facts, folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return; // not every package has every folder
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFolder(facts, path);
    else if (!NOT_BUILT.test(entry.name)) addFile(facts, path);
  }
}

/** @type {(facts: Facts, path: string) => void} */
function addFile(facts, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  facts.files += 1;
  facts.bytes += stat.size;
  facts.newest = Math.max(facts.newest, stat.mtimeMs);
  // Two files that swap their names, or one restored with an older time, must show too.
  let mixed = Math.floor(stat.mtimeMs) % 0x7fffffff;
  for (let i = 0; i < path.length; i += 1) mixed = (mixed * 31 + path.charCodeAt(i)) % 0x7fffffff;
  facts.sum = (facts.sum + mixed) % 0x7fffffff;
}

/**
 * Does dist/ hold a finished build of exactly the sources as they are now?
 *
 * @param {string} root the clone
 */
export function isBuilt(root) {
  const build = readText(join(root, 'dist', 'build.json'));
  return build?.includes(JSON.stringify(fingerprint(root))) === true;
}

/**
 * pnpm leaves a copy of the lockfile that it installed; when both say the same, everything is there.
 *
 * @param {string} root the clone
 */
export function isInstalled(root) {
  const wanted = readText(join(root, 'pnpm-lock.yaml'));
  return wanted !== undefined && wanted === readText(join(root, 'node_modules', '.pnpm', 'lock.yaml'));
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
