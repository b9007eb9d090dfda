import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withLock } from './lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('one at a time, in the end released', async () => {
  const path = join(folder, 'turns');
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} in`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} out`);
    return name;
  };
  expect(await Promise.all([withLock(path, work('a')), withLock(path, work('b'))])).toEqual(['a', 'b']);
  expect(events).toEqual(['a in', 'a out', 'b in', 'b out']);
  expect(existsSync(path)).toBe(false);
});

test('a failure releases it too', async () => {
  const path = join(folder, 'failure');
  await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(existsSync(path)).toBe(false);
});

test('a holder that died, or has been silent for long, has lost it', async () => {
  const path = join(folder, 'stale');
  writeFileSync(path, '2147483646'); // no such process
  expect(await withLock(path, async () => 'mine')).toBe('mine');
  writeFileSync(path, String(process.pid));
  utimesSync(path, 1, 1);
  expect(await withLock(path, async () => 'mine')).toBe('mine');
});
