#!/usr/bin/env node
// The launcher. It has no dependencies, and up to the version check it is plain enough for a very old Node to be refused
// by one clear line instead of a syntax error: unprefixed built-ins, no newer syntax, everything else imported later.
import { existsSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

// npx starts this file through a link in its own cache; import.meta.url is the real place.
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The engines range of package.json: ^20.19.0 || >=22.12.0.
 * @param {string} version
 */
function isSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/**
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
async function launch(argv) {
  const prepareOnly = argv[0] === '--prepare-only';
  // Only a clone has the workspace file; a published package carries its bundle and never compiles anything.
  const failure = existsSync(join(root, 'pnpm-workspace.yaml')) ? await prepareClone(prepareOnly) : undefined;
  if (failure) {
    console.error(failure);
    return 3;
  }
  if (prepareOnly) return 0;
  const { loadBundle } = await import('./load-bundle.mjs');
  return loadBundle(join(root, 'dist')).main(argv);
}

/**
 * @param {boolean} tests what is about to run needs the dependencies, not only the bundle
 * @returns {Promise<string | undefined>} what went wrong and what to do about it
 */
async function prepareClone(tests) {
  const { isBuilt, isInstalled } = await import('../scripts/launch/fresh.mjs');
  if (isBuilt(root) && (!tests || isInstalled(root))) return undefined;
  const { prepare } = await import('../scripts/launch/prepare.mjs');
  return prepare(root);
}

if (isSupported(process.versions.node)) {
  launch(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error('k8s-ingress-sandbox could not start, and that is a bug of ours: ' + (error && error.message));
      console.error('Set DEBUG=k8s-ingress-sandbox to see where, and please report it.');
      if (/k8s-ingress-sandbox/.test(process.env.DEBUG || '')) console.error(error);
      process.exitCode = 70;
    },
  );
} else {
  console.error(
    'k8s-ingress-sandbox needs Node.js 20.19 or a newer 20.x, or 22.12 or newer; this is ' +
      process.version +
      '. Install one from https://nodejs.org and start again.',
  );
  process.exitCode = 3;
}
