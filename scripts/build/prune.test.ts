import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneOldFiles } from './prune.ts';

test('chunks of earlier builds stay for a day, for sandboxes that still run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prune-'));
  const now = 1_800_000_000_000;
  for (const [name, hours] of [
    ['main-new.cjs', 0],
    ['ws-yesterday.cjs', 23],
    ['ws-old.cjs', 25],
  ] as const) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), now / 1000 - hours * 3600, now / 1000 - hours * 3600);
  }
  pruneOldFiles(folder, now);
  expect(readdirSync(folder)).toEqual(['main-new.cjs', 'ws-yesterday.cjs']);
  rmSync(folder, { recursive: true });
  expect(() => pruneOldFiles(folder, now)).not.toThrow();
});
