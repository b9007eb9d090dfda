import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDirectory, whyUnsafe, writePrivateFile } from './run-file.ts';

/** What a page is let in for. */
export type PageRole = 'control' | 'viewer';

const FILE = 'page-secret';
const BYTES = 32;

/**
 * Makes the tokens of pages. They follow from a secret of this user that lives in the folder of run files, so that a page
 * whose sandbox is killed and started again on the same port still has its session. Where the folder is not ours alone,
 * or cannot be written to, the tokens are this run's only.
 */
export function pageTokens(directory = runDirectory()): (role: PageRole, port: number) => string {
  const secret = readSecret(directory) ?? writeSecret(directory);
  return (role, port) => createHmac('sha256', secret).update(`${role} ${port}`).digest('hex').slice(0, 32);
}

function readSecret(directory: string): Buffer | undefined {
  if (whyUnsafe(directory) !== '') return undefined;
  try {
    const secret = readFileSync(join(directory, FILE));
    return secret.length === BYTES ? secret : undefined;
  } catch {
    return undefined;
  }
}

function writeSecret(directory: string): Buffer {
  const secret = randomBytes(BYTES);
  try {
    writePrivateFile(directory, FILE, secret);
  } catch {
    // What the run file needs of this folder is said when the run file is written.
  }
  return secret;
}
