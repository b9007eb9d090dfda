import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Removes files of earlier builds, by name or age: a sandbox that was started before this build may still load its own
 * chunks, so they stay for a day.
 */
export function pruneOldFiles(folder: string, keep: ReadonlySet<string>, now: number): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!keep.has(name) && now - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true });
  }
}
