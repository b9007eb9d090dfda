import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { fingerprint, isBuilt, isInstalled } from './fresh.mjs';

let root = '';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fresh-'));
  const mine = root;
  onTestFinished(() => rmSync(mine, { recursive: true }));
  write('packages/sim-core/src/cli/main.ts', 'one');
  write('packages/sim-core/src/sim/clock.ts', 'clock');
  write('dist/build.json', JSON.stringify({ entry: 'cli/main.cjs', sources: fingerprint(root) }));
});

test('a build is fresh until a source file is saved, added, removed or renamed', () => {
  const clock = join(root, 'packages/sim-core/src/sim/clock.ts');
  expect(isBuilt(root)).toBe(true);
  utimesSync(clock, 1, 1); // even when it becomes older, as a restored file does
  expect(isBuilt(root)).toBe(false);

  write('dist/build.json', JSON.stringify({ sources: fingerprint(root) }));
  write('packages/sim-core/src/sim/random.ts', '');
  expect(isBuilt(root)).toBe(false);

  write('dist/build.json', JSON.stringify({ sources: fingerprint(root) }));
  rmSync(clock);
  expect(isBuilt(root)).toBe(false);
});

test('tests are not in the build', () => {
  write('packages/sim-core/src/sim/clock.test.ts', 'new');
  expect(isBuilt(root)).toBe(true);
});

test('without a build, or with a damaged one, nothing is fresh', () => {
  write('dist/build.json', '{"entry":');
  expect(isBuilt(root)).toBe(false);
  rmSync(join(root, 'dist'), { recursive: true });
  expect(isBuilt(root)).toBe(false);
});

test('installed means that pnpm installed this lockfile, whatever the line ends', () => {
  expect(isInstalled(root)).toBe(false);
  write('pnpm-lock.yaml', 'lockfileVersion: 9\r\n');
  expect(isInstalled(root)).toBe(false);
  write('node_modules/.pnpm/lock.yaml', 'lockfileVersion: 9\n');
  expect(isInstalled(root)).toBe(true);
  write('pnpm-lock.yaml', 'lockfileVersion: 9\npackages:\n');
  expect(isInstalled(root)).toBe(false);
});
