import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireInCI } from './tools.ts';

/**
 * A file or folder of the project's test data, which lies beside the checkout (`../shared`). Undefined, with a loud line,
 * where it is absent.
 *
 * @throws when the environment says CI
 */
export function sharedPath(...parts: string[]): string | undefined {
  const path = join(import.meta.dirname, '..', '..', '..', 'shared', ...parts);
  if (existsSync(path)) return path;
  requireInCI(`../shared/${parts.join('/')}`);
  return undefined;
}
