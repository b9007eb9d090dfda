import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { RawSubmission } from '../../grader/intake/entry.ts';
import { megabytes, SUBMISSION_LIMITS, type SubmissionLimits } from '../../grader/intake/limits.ts';
import { readPlainFile, reasonOf } from '../plain-file.ts';
import { EntryBudget, RefusedSubmission } from './entry-budget.ts';
import { readFolder } from './read-folder.ts';

/** What an archive is, told by its first bytes; its name may say anything. */
type Archive = 'zip' | 'tar.gz' | 'tar';

/**
 * Reads a submission: a file, a folder, a zip, tar or tar.gz archive. What cannot be read is refused in words; it never throws
 * for what a student handed in.
 * @param id - names it in results
 */
export async function readSubmitted(
  id: string,
  path: string,
  limits: SubmissionLimits = SUBMISSION_LIMITS,
): Promise<RawSubmission> {
  const budget = new EntryBudget(limits);
  try {
    await read(path, budget, limits);
    return { id, entries: budget.entries };
  } catch (error) {
    if (error instanceof RefusedSubmission) return { id, entries: budget.entries, refused: error.message };
    return { id, entries: [], refused: `it cannot be read: ${reasonOf(error)}` };
  }
}

/** A submission that came as bytes, as from standard input. */
export async function readSubmittedBytes(
  id: string,
  name: string,
  bytes: Uint8Array,
  limits: SubmissionLimits = SUBMISSION_LIMITS,
): Promise<RawSubmission> {
  const budget = new EntryBudget(limits);
  try {
    await readBytes(name, bytes, budget, limits);
    return { id, entries: budget.entries };
  } catch (error) {
    if (!(error instanceof RefusedSubmission)) throw error;
    return { id, entries: budget.entries, refused: error.message };
  }
}

async function read(path: string, budget: EntryBudget, limits: SubmissionLimits): Promise<void> {
  const stats = statSync(path);
  if (stats.isDirectory()) return readFolder(path, budget, limits);
  expectPlainFile(stats, limits);
  // A link that the instructor named is followed; readPlainFile opens none.
  const archive = unlimited(limits);
  const bytes = readPlainFile(realpathSync(path), (size) => archive.take(size));
  return readBytes(basename(path), bytes, budget, limits);
}

/** The archive itself is bounded by its own limit; what is in it counts. */
function unlimited(limits: SubmissionLimits): EntryBudget {
  return new EntryBudget({ ...limits, totalBytes: limits.archiveBytes });
}

async function readBytes(name: string, bytes: Uint8Array, budget: EntryBudget, limits: SubmissionLimits) {
  switch (archiveOf(bytes)) {
    case 'zip':
      return (await import('./read-zip.ts')).readZip(bytes, budget, limits);
    case 'tar.gz':
      return (await import('./read-tar.ts')).readTar(bytes, true, budget, limits);
    case 'tar':
      return (await import('./read-tar.ts')).readTar(bytes, false, budget, limits);
    default:
      budget.take(bytes.byteLength);
      budget.add({ path: name, bytes });
  }
}

function expectPlainFile(stats: Stats, { archiveBytes }: SubmissionLimits): void {
  if (!stats.isFile()) throw new RefusedSubmission('it is no plain file (a pipe, socket or device)');
  if (stats.size > archiveBytes) {
    throw new RefusedSubmission(`it has ${megabytes(stats.size)}; the limit is ${megabytes(archiveBytes)}`);
  }
}

function archiveOf(bytes: Uint8Array): Archive | undefined {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (['PK\x03\x04', 'PK\x05\x06'].includes(text(0, 4))) return 'zip';
  if (text(0, 2) === '\x1f\x8b') return 'tar.gz';
  return text(257, 262) === 'ustar' ? 'tar' : undefined;
}
