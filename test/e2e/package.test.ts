import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/keep-alive-client.ts';
import { untilRefused } from '../support/ports.ts';
import { Sandbox } from '../support/sandbox.ts';
import { FREE_PORTS } from '../support/workspace.ts';

const project = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
const NOT_IN_A_CLONE = new Set(['node_modules', 'dist', 'artifacts', '.git']);

/** A fresh clone; its dependencies are lent by this one, so that nothing is downloaded. */
let clone = '';
let empty = '';

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'clone-'));
  empty = mkdtempSync(join(tmpdir(), 'empty-'));
  cpSync(project, clone, { recursive: true, filter: (path) => !NOT_IN_A_CLONE.has(basename(path)) });
  for (const folder of ['.', 'packages/sim-core', 'packages/sim-ui']) {
    symlinkSync(join(project, folder, 'node_modules'), join(clone, folder, 'node_modules'), 'junction');
  }
});

afterAll(() => {
  for (const folder of [clone, empty]) rmSync(folder, { recursive: true, force: true });
});

/** As a person starts npm or npx, not as a child of `npm test`, and without a registry. */
function personalEnv(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const offline = { npm_config_registry: 'http://127.0.0.1:9', npm_config_update_notifier: 'false' };
  return { ...Object.fromEntries(inherited), ...offline, XDG_RUNTIME_DIR: empty };
}

async function run(cwd: string, command: string, ...args: string[]) {
  const env = personalEnv();
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, ...output };
}

test('in a fresh clone, npx builds once; two starts at the same time do not clash', async () => {
  const starts = await Promise.all([
    run(clone, 'npx', 'k8s-ingress-sandbox', 'version'),
    run(clone, 'npx', 'k8s-ingress-sandbox', 'version'),
  ]);
  for (const { status, stdout } of starts) {
    expect(status).toBe(0);
    expect(stdout).toContain(version);
  }
  const told = starts.map(({ stderr }) => stderr).join('');
  expect(told.match(/building: done/g)).toHaveLength(1);
  expect(starts.every(({ stdout }) => !stdout.includes('building'))).toBe(true);

  const again = await run(clone, 'npx', 'k8s-ingress-sandbox', 'version');
  expect(again.stderr).not.toContain('building');
});

test('a change that does not compile is one message with its place, exit code 3, and no stack', async () => {
  const broken = join(clone, 'packages/sim-core/src/version.ts');
  const source = readFileSync(broken, 'utf8');
  writeFileSync(broken, `${source}export const x = ;\n`);
  const { status, stdout, stderr } = await run(clone, process.execPath, 'bin/k8s-ingress-sandbox.mjs', 'version');
  writeFileSync(broken, source);
  expect(status).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/version\.ts:\d+:\d+/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('npm pack, then npx in an empty folder: a prebuilt bundle without dependencies', async () => {
  const packed = await run(clone, 'npm', 'pack', '--pack-destination', empty);
  expect(packed.status, packed.stderr).toBe(0);
  const archive = `k8s-ingress-sandbox-${version}.tgz`;
  const { status, stdout, stderr } = await run(empty, 'npx', '-y', `./${archive}`, 'version');
  expect(status, stderr).toBe(0);
  expect(stdout).toContain(version);
  expect(stderr).not.toContain('building');
});

test('npx <tarball> scenarios/canary.yaml in an empty folder serves the scenario, and frees its ports with npx', async () => {
  const folder = join(empty, 'nothing-here');
  mkdirSync(folder);
  const archive = join('..', `k8s-ingress-sandbox-${version}.tgz`);
  const args = ['-y', archive, 'scenarios/canary.yaml', '--output', 'json', '--cloud-delay', '0s', ...FREE_PORTS];
  const npx = new Sandbox('npx', args, { cwd: folder, env: personalEnv() });
  try {
    const { http, https, ui } = await npx.event('ready');
    const { hostname } = await npx.event('loadbalancer');
    await npx.event('settled', ({ ok }) => ok === true);
    const port = Number(new URL(String(http)).port);
    expect((await ask({ port, host: String(hostname) })).app).toMatch(/^netflix-frontend(-canary)? 0\.[89]\.0$/);
    const page = await fetch(String(ui));
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/<script .*src=/);
    npx.process.kill('SIGTERM');
    await untilRefused([port, ...[https, ui].map((url) => Number(new URL(String(url)).port))], 1000);
  } finally {
    await npx.kill();
  }
});

test('the package holds the launcher, the bundle, the scenarios and the licenses, and no sources', async () => {
  const folder = join(empty, 'unpacked');
  mkdirSync(folder);
  await run(folder, 'tar', '-xzf', join('..', `k8s-ingress-sandbox-${version}.tgz`));
  const has = (path: string): boolean => {
    try {
      return readFileSync(join(folder, 'package', path)).length > 0;
    } catch {
      return false;
    }
  };
  const wanted = [
    'bin/load-bundle.mjs',
    'dist/build.json',
    'dist/THIRD_PARTY_LICENSES.txt',
    'scenarios/canary.yaml',
    'LICENSE',
  ];
  expect(wanted.filter((path) => !has(path))).toEqual([]);
  expect(['pnpm-workspace.yaml', 'scripts/ts.mjs', 'packages/sim-core/src/index.ts'].filter(has)).toEqual([]);
  const { dependencies, scripts } = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8'));
  expect(dependencies).toBeUndefined();
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
});
