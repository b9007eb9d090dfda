import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { chromiumPath, hasCommand } from '../../test/support/tools.ts';

/** What the tests run for real: how to see that it is there, and what Debian calls it. */
const TOOLS = [
  { name: 'curl', debian: 'curl', isThere: () => hasCommand('curl') },
  { name: 'wget', debian: 'wget', isThere: () => hasCommand('wget') },
  { name: 'dig', debian: 'bind9-dnsutils', isThere: () => hasCommand('dig') },
  { name: 'chromium', debian: 'chromium', isThere: hasBrowser },
  { name: 'python3-kubernetes', debian: 'python3-kubernetes', isThere: hasPythonClient },
  { name: 'wrk', debian: 'wrk', isThere: () => hasCommand('wrk') },
  { name: 'nginx', debian: 'nginx-light', isThere: () => hasCommand('nginx') },
];

/**
 * Installs what the tests need from outside npm where that is possible: on Debian and Ubuntu, as root. Elsewhere it says
 * what will be skipped; with CI set, tests that miss it fail.
 */
export function ensureTools(): void {
  const missing = TOOLS.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  if (hasCommand('apt-get') && process.getuid?.() === 0) installWithApt(missing.map(({ debian }) => debian));
  for (const { name, isThere } of missing) {
    if (!isThere())
      console.warn(`\n*** ${name} is missing: tests that need it are SKIPPED (with CI set, they fail) ***\n`);
  }
}

function installWithApt(packages: readonly string[]): void {
  console.log(`Installing for the tests: ${packages.join(', ')}`);
  run('apt-get', ['update', '-qq']);
  withoutServices(() => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]));
  // Ubuntu's package is only a pointer to a snap, which containers cannot run.
  if (packages.includes('chromium') && !hasBrowser()) {
    run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', '--with-deps', 'chromium']);
  }
}

/** Where Debian asks whether a package may start its service: the answer 101 is no (invoke-rc.d). */
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs without anything being started: nginx would take port 80. A policy that is there already stays. */
function withoutServices(install: () => void): void {
  if (existsSync(POLICY)) return install();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(POLICY);
  }
}

/** A browser that starts; a pointer to a snap does not. */
function hasBrowser(): boolean {
  const path = chromiumPath();
  return path !== undefined && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

function hasPythonClient(): boolean {
  return ['/usr/bin/python3', 'python3'].some((path) => spawnSync(path, ['-c', 'import kubernetes']).status === 0);
}

function run(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: 600_000 });
  if (status !== 0) console.warn(`${command} ${args[0]} failed (${error?.message ?? status})`);
}
