// Is what stands in node_modules/ and dist/ made from the sources as they are now? Asked at every start in a clone, so it
// only looks at names, sizes and times of change: one stat call a file, a few milliseconds in all.
import { readdirSync, readFileSync, statSync } from 'node:fs';

const FILES = ['package.json', 'pnpm-lock.yaml', 'packages/sim-ui/index.html'];
const PACKAGE_FILES = ['package.json', 'vite.config.ts'];
const FOLDERS = ['packages/sim-core/src', 'packages/sim-ui/src', 'packages/sim-ui/public', 'scripts/build'];
const NOT_BUILT = /\.test\.tsx?$/;
/** Folders of what only tests use. */
const TEST_FOLDERS = ['testing', 'test'];
const MODULUS = 0x7fffffff;

/**
 * A few words that change whenever a file that goes into the build is added, removed, renamed or saved.
 *
 * @param {string} root the clone
 */
export function fingerprint(root) {
  /** @type {Facts} */
  const facts = { files: 0, bytes: 0, mixed: 0 };
  for (const file of FILES) addFile(facts, root, file);
  for (const name of ['sim-core', 'sim-ui']) {
    for (const file of PACKAGE_FILES) addFile(facts, `${root}/packages/${name}`, file);
  }
  for (const folder of FOLDERS) addFolder(facts, `${root}/${folder}`);
  return `${facts.files} files, ${facts.bytes} bytes, ${facts.mixed}`;
}

/** @typedef {{files: number, bytes: number, mixed: number}} Facts */

/** @type {(facts: Facts, folder: string) => void} */
function addFolder(facts, folder) {
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory()) {
      if (!TEST_FOLDERS.includes(entry.name)) addFolder(facts, `${folder}/${entry.name}`);
    } else if (!NOT_BUILT.test(entry.name)) addFile(facts, folder, entry.name);
  }
}

/** @param {string} folder */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // not every package has every folder
  }
}

/** @type {(facts: Facts, folder: string, name: string) => void} */
function addFile(facts, folder, name) {
  const stat = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
  if (!stat) return;
  facts.files += 1;
  facts.bytes += stat.size;
  // Order and names count, so that two files that swap their names show, and so does one restored with an older time.
  facts.mixed = (facts.mixed * 31 + stat.mtimeMs) % MODULUS;
  for (let i = 0; i < name.length; i += 1) facts.mixed = (facts.mixed * 31 + name.charCodeAt(i)) % MODULUS;
}

/**
 * Does dist/ hold a finished build of exactly the sources as they are now?
 *
 * @param {string} root the clone
 */
export function isBuilt(root) {
  return readText(`${root}/dist/build.json`)?.includes(JSON.stringify(fingerprint(root))) === true;
}

/**
 * pnpm leaves a copy of the lockfile that it installed; when both say the same, everything is there.
 *
 * @param {string} root the clone
 */
export function isInstalled(root) {
  const wanted = readText(`${root}/pnpm-lock.yaml`);
  return wanted !== undefined && wanted === readText(`${root}/node_modules/.pnpm/lock.yaml`);
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
