// What a clone needs before its first start, and after every change of its sources: install, then build. One start at a
// time does it; the others wait. Everything here speaks on stderr, because stdout belongs to the command that follows.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt, isInstalled } from './fresh.mjs';
import { withLock } from './lock.mjs';
import { findPnpm } from './pnpm.mjs';
import { runStep } from './step.mjs';

/**
 * Installs and builds what is missing or older than the sources.
 *
 * @param {string} root the clone
 * @returns {Promise<string | undefined>} undefined when all is ready, else what went wrong and what to do
 */
export function prepare(root) {
  const logs = join(root, 'artifacts');
  mkdirSync(logs, { recursive: true });
  // Asked behind the lock: another start may have done it while this one waited.
  return withLock(join(logs, 'prepare.lock'), async () => {
    const failure = isInstalled(root) ? undefined : await install(root, logs);
    return failure ?? (isBuilt(root) ? undefined : build(root, logs));
  });
}

/** @type {(root: string, logs: string) => Promise<string | undefined>} */
function install(root, logs) {
  return runStep({
    title: 'installing the dependencies (only once)',
    command: [...findPnpm(root), 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'],
    root,
    log: join(logs, 'install.log'),
    advice: 'Check the network (a proxy? npm config get registry) and start again; what was fetched is kept.',
  });
}

/** @type {(root: string, logs: string) => Promise<string | undefined>} */
function build(root, logs) {
  return runStep({
    title: 'building',
    command: [process.execPath, join('scripts', 'ts.mjs'), join('scripts', 'build', 'build.ts')],
    root,
    log: join(logs, 'build.log'),
    advice: 'If you changed the sources, the lines above say where; otherwise try: git status, git pull.',
  });
}
