import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Removes what earlier builds left (this one has just written all of its own files). A sandbox that was started before may
 * still load its own chunks, so they stay for a day.
 */
export function pruneOldFiles(folder: string, now: number): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (now - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true });
  }
}
