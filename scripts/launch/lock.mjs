// A lock between processes, made of one file. It survives crashes: a holder touches the file once a second, and one that
// is gone, or silent for long, has lost it.
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 1_000;
const SILENT_MS = 20_000;
const POLL_MS = 200;

/**
 * Runs `work` while holding the lock at `path`, after waiting for whoever holds it.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 */
export async function withLock(path, work) {
  for (let told = false; !tryToTake(path); ) {
    if (isAbandoned(path)) {
      discard(path);
      continue;
    }
    if (!told) console.error('k8s-ingress-sandbox: another start is preparing this clone; waiting for it …');
    told = true;
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  const release = () => rmSync(path, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

/** @param {string} path */
function tryToTake(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
function isAbandoned(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  if (Date.now() - stat.mtimeMs > SILENT_MS) return true;
  const holder = Number(readOrEmpty(path));
  return holder > 0 && !isAlive(holder);
}

/**
 * Only one of several waiters wins the rename, and whoever loses looks again.
 *
 * @param {string} path
 */
function discard(path) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch {
    // somebody else was faster
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** @type {(error: unknown) => unknown} */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} path */
function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // gone while we were suspended; the work goes on, and what it writes is safe to write twice
  }
}
