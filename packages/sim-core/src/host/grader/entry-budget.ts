import type { SubmittedEntry } from '../../grader/intake/entry.ts';
import { ignoredByName } from '../../grader/intake/ignored-by-name.ts';
import { megabytes, type SubmissionLimits } from '../../grader/intake/limits.ts';
import { cleanPath } from '../../grader/intake/path.ts';

/** A submission that is not read to its end; its message is for student and instructor. */
export class RefusedSubmission extends Error {}

/** Whether a file's content is wanted: its name may be a manifest's. */
export function isWanted(path: string): boolean {
  return ignoredByName(cleanPath(path)) === undefined;
}

/** Collects entries of one submission within the limits. */
export class EntryBudget {
  readonly entries: SubmittedEntry[] = [];
  readonly #limits: SubmissionLimits;
  #bytes = 0;

  constructor(limits: SubmissionLimits) {
    this.#limits = limits;
  }

  /** @throws RefusedSubmission */
  add(entry: SubmittedEntry): void {
    if (this.entries.length >= this.#limits.entries) {
      throw new RefusedSubmission(`it has more than ${this.#limits.entries} files; that is the limit`);
    }
    this.entries.push(entry);
  }

  /** Asked before and while content is read. @throws RefusedSubmission */
  take(bytes: number): void {
    this.#bytes += bytes;
    const { totalBytes } = this.#limits;
    if (this.#bytes > totalBytes) {
      throw new RefusedSubmission(`its manifests have more than ${megabytes(totalBytes)} together; that is the limit`);
    }
  }
}
