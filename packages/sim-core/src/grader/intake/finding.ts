import type { ManifestProblem } from '../../manifest/problem.ts';

/** What is wrong with the text of a submission, or worth telling of it; `file` is a path inside it. */
export interface SubmissionFinding extends Omit<ManifestProblem, 'reason'> {
  readonly reason: string;
}
