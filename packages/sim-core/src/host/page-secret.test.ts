import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pageTokens } from './page-secret.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'secret-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

it('gives the same token for the same port after a restart, and another for every other port and role', () => {
  const directory = join(folder(), 'run');
  const token = pageTokens(directory);
  expect(token('control', 8088)).toMatch(/^[0-9a-f]{32}$/);
  expect(pageTokens(directory)('control', 8088)).toBe(token('control', 8088));
  const all = [token('control', 8088), token('control', 8089), token('viewer', 8088), token('viewer', 8089)];
  expect(new Set(all).size).toBe(4);
  expect(statSync(join(directory, 'page-secret')).mode & 0o777).toBe(0o600);
});

it('gives other users other tokens, and replaces a secret that is none', () => {
  const directory = join(folder(), 'run');
  expect(pageTokens(directory)('control', 1)).not.toBe(pageTokens(join(folder(), 'run'))('control', 1));
  writeFileSync(join(directory, 'page-secret'), 'short');
  const token = pageTokens(directory)('control', 1);
  expect(pageTokens(directory)('control', 1)).toBe(token);
});

it('trusts no folder that somebody else may have made', () => {
  const real = join(folder(), 'run');
  const token = pageTokens(real)('control', 1);
  const link = join(folder(), 'link');
  symlinkSync(real, link);
  expect(pageTokens(link)('control', 1)).not.toBe(token);
});

it('goes on without a folder to write to', () => {
  const directory = folder();
  chmodSync(directory, 0o500);
  expect(pageTokens(join(directory, 'run'))('control', 1)).toMatch(/^[0-9a-f]{32}$/);
});
