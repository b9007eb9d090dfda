import { fork, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
const MAIN = `exports.main = async (argv) => {
  const { name } = await Promise.resolve().then(() => require('./lazy.cjs'));
  console.log(name, argv.join(' '));
  return 7;
};
exports.name = 'entry';`;
const LAZY = `const entry = require('./main.cjs'); exports.name = 'lazy chunk of the ' + entry.name;`;

let root = '';

/** A published package: bin/ and dist/, no sources. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'launcher-'));
  const mine = root;
  onTestFinished(() => rmSync(mine, { recursive: true }));
  cpSync(join(project, 'bin'), join(root, 'bin'), { recursive: true });
  mkdirSync(join(root, 'dist', 'cli'), { recursive: true });
  writeFileSync(join(root, 'dist', 'build.json'), JSON.stringify({ entry: 'cli/main.cjs' }));
  writeFileSync(join(root, 'dist', 'cli', 'main.cjs'), MAIN);
  writeFileSync(join(root, 'dist', 'cli', 'lazy.cjs'), LAZY);
});

function launch(args: string[], nodeArgs: string[] = [], bin = join(root, 'bin', 'k8s-ingress-sandbox.mjs')) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, bin, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const RAN = { status: 7, stdout: 'lazy chunk of the entry run x\n', stderr: '' };

test('a published package starts its bundle, lazy chunks share the entry, and the exit code is what main says', () => {
  expect(launch(['run', 'x'])).toEqual(RAN);
});

test('it finds its own folder when npx starts it through a link', () => {
  const link = join(root, 'link.mjs');
  symlinkSync(join(root, 'bin', 'k8s-ingress-sandbox.mjs'), link);
  expect(launch(['run', 'x'], [], link)).toEqual(RAN);
});

/** As the build does: run the bundle, then write V8's code cache of what it compiled. */
async function writeCodeCache(): Promise<string> {
  const writer = join(project, 'scripts', 'build', 'write-code-cache.mjs');
  const dist = join(root, 'dist');
  const child = fork(writer, [dist, join(dist, 'cli', 'main.cjs')], { silent: true, execArgv: [] });
  await new Promise<void>((resolve) => {
    child.on('message', (message) => (message === 'written' ? resolve() : child.send('write')));
  });
  child.kill();
  return join(dist, 'code-cache', `cli-main.cjs.${process.version}-${process.arch}.cache`);
}

test('a code cache that V8 rejects, or that is none at all, costs nothing but time', async () => {
  const cache = await writeCodeCache();
  expect(launch(['run', 'x'])).toEqual(RAN);
  expect(launch(['run', 'x'], ['--no-opt'])).toEqual(RAN); // other flags than at build time
  for (const damaged of [Buffer.alloc(0), Buffer.from('no cache'), Buffer.alloc(1000)]) {
    writeFileSync(cache, damaged);
    expect(launch(['run', 'x'])).toEqual(RAN);
  }
});

test.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['21.7.3', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.0.0', true],
  ['24.1.0', true],
])('Node %s: accepted %s', (version, accepted) => {
  const preload = join(root, 'version.mjs');
  writeFileSync(
    preload,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
     Object.defineProperty(process, 'version', { value: 'v${version}' });`,
  );
  const result = launch(['run', 'x'], ['--import', pathToFileURL(preload).href]);
  if (accepted) return expect(result).toEqual(RAN);
  expect(result).toMatchObject({ status: 3, stdout: '' });
  expect(result.stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(`this is v${version}`)]);
});

test('a damaged package says so without a stack', () => {
  rmSync(join(root, 'dist', 'cli'), { recursive: true });
  const { status, stderr } = launch(['run', 'x']);
  expect(status).toBe(70);
  expect(stderr).toContain('could not start');
  expect(stderr).not.toMatch(/^\s+at /m);
});
