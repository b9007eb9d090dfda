import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that goes with the test, and how to write into it; returns the absolute path of what was written. */
export interface TemporaryFolder {
  readonly path: string;
  write(name: string, text: string | Uint8Array): string;
}

export function temporaryFolder(files: Readonly<Record<string, string>> = {}): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-cli-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, text: string | Uint8Array) => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { path, write };
}
