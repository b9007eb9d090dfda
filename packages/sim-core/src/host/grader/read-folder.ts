import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubmissionLimits } from '../../grader/intake/limits.ts';
import { type EntryBudget, isWanted, RefusedSubmission } from './entry-budget.ts';

/** Folders that hold nothing of a student's answer and may be huge. */
const SKIPPED = /^(\.git|node_modules)$/;

/**
 * Everything in a submitted folder. Links are not followed, and only plain files are opened: a pipe or a device in it would
 * hold us.
 * @throws RefusedSubmission over a limit
 */
export function readFolder(folder: string, budget: EntryBudget, limits: SubmissionLimits): void {
  const walk = (inside: string, depth: number) => {
    if (depth > limits.folders) throw new RefusedSubmission(`its folders are nested deeper than ${limits.folders}`);
    for (const entry of list(join(folder, inside))) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (!entry.isDirectory()) budget.add(readEntry(folder, path, entry, budget));
      else if (SKIPPED.test(entry.name)) budget.add({ path: `${path}/` });
      else walk(path, depth + 1);
    }
  };
  walk('', 0);
}

function readEntry(folder: string, path: string, entry: Dirent, budget: EntryBudget) {
  if (entry.isSymbolicLink()) return { path, unread: 'a symbolic link: links are not followed' };
  if (!entry.isFile()) return { path, unread: 'no plain file (a pipe, socket or device)' };
  if (!isWanted(path)) return { path };
  try {
    return { path, bytes: readPlainFile(join(folder, path), budget) };
  } catch (error) {
    if (error instanceof RefusedSubmission) throw error;
    return { path, unread: `cannot be read: ${reasonOf(error)}` };
  }
}

/**
 * The content of a plain file; whatever took its place meanwhile is not opened.
 * @throws RefusedSubmission over a limit; the system's error when it cannot be read
 */
export function readPlainFile(path: string, budget: EntryBudget): Uint8Array {
  // Windows has neither flag, and neither links nor pipes that look like files.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error('no plain file');
    budget.take(stats.size);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new RefusedSubmission(`a folder of it cannot be read: ${reasonOf(error)}`);
  }
}

/** The system's words, without the path: that is named beside them. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'no such file';
  return message;
}
