import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SubmissionLimits } from '../../grader/intake/limits.ts';
import { readPlainFile, reasonOf } from '../plain-file.ts';
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
    return { path, bytes: readPlainFile(join(folder, path), (bytes) => budget.take(bytes)) };
  } catch (error) {
    if (error instanceof RefusedSubmission) throw error;
    return { path, unread: `cannot be read: ${reasonOf(error)}` };
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new RefusedSubmission(`a folder of it cannot be read: ${reasonOf(error)}`);
  }
}
