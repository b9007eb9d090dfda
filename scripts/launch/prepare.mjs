// What a clone needs before its first start, and after every change of its sources: install, then build. One start at a
// time does it; the others wait. Everything here speaks on stderr, because stdout belongs to the command that follows.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt, isInstalled } from './fresh.mjs';

/**
 * Installs and builds what is missing or older than the sources.
 *
 * @param {string} root the clone
 * @param {{tests?: boolean}} [options] tests: the dependencies must be there too, even when the build is fresh
 * @returns {Promise<string | undefined>} undefined when all is ready, else what went wrong and what to do
 */
export async function prepare(root, { tests = false } = {}) {
  const ready = () => isBuilt(root) && (!tests || isInstalled(root));
  if (ready()) return undefined;
  const { withLock } = await import('./lock.mjs');
  const { runStep } = await import('./step.mjs');
  const logs = join(root, 'artifacts');
  mkdirSync(logs, { recursive: true });
  return withLock(join(logs, 'prepare.lock'), async () => {
    if (ready()) return undefined; // another start did it while this one waited
    if (!isInstalled(root)) {
      const failure = await install(root, logs);
      if (failure) return failure;
    }
    return runStep({
      title: 'building',
      command: [process.execPath, join('scripts', 'ts.mjs'), join('scripts', 'build', 'build.ts')],
      root,
      log: join(logs, 'build.log'),
      advice: 'If you changed the sources, the lines above say where; otherwise try: git status, git pull.',
    });
  });
}

/** @type {(root: string, logs: string) => Promise<string | undefined>} */
async function install(root, logs) {
  const { runStep } = await import('./step.mjs');
  const { findPnpm } = await import('./pnpm.mjs');
  return runStep({
    title: 'installing the dependencies (only once)',
    command: [...findPnpm(root), 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'],
    root,
    log: join(logs, 'install.log'),
    advice: 'Check the network (a proxy? npm config get registry) and start again; what was fetched is kept.',
  });
}
