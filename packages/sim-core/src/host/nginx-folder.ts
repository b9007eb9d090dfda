import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { NginxFile } from '../wire.ts';

/**
 * Writes nginx.conf and the files that it names into a folder, which is made where it is missing; files of the same
 * names are overwritten, others stay. `nginx -t -p FOLDER -c nginx.conf` needs no rights but to write there.
 *
 * @throws Error of the file system
 */
export function writeNginxFolder(folder: string, files: readonly NginxFile[]): void {
  for (const { path, content, isSecret } of files) {
    const target = join(folder, path);
    if (relative(folder, target).startsWith('..')) throw new Error(`${path} would be outside of ${folder}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content, { mode: isSecret ? 0o600 : 0o644 });
  }
}
