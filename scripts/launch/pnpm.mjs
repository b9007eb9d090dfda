// Which pnpm installs: the one on this machine when its major version fits, else the pinned one through npx.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The command that starts pnpm, as its first words; further arguments go behind it.
 *
 * @param {string} root the clone
 * @returns {string[]}
 */
export function findPnpm(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const major = packageManager.slice('pnpm@'.length).split('.')[0];
  const shell = process.platform === 'win32';
  const installed = spawnSync('pnpm', ['--version'], { encoding: 'utf8', shell, cwd: root, timeout: 10_000 });
  if (installed.status === 0 && installed.stdout.startsWith(`${major}.`)) return ['pnpm'];
  return ['npx', '-y', packageManager];
}
