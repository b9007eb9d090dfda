import type { ManifestProblem } from '../../manifest/problem.ts';
import type { ManifestFinding, Site } from '../site.ts';
import type { AppliedDocument } from './apply.ts';
import { duplicateFindings } from './duplicates.ts';
import type { GradedFiles } from './read-submission.ts';

/** Everything that is wrong with a submission, from its text to what it makes. */
export async function allFindings(
  files: GradedFiles,
  applied: readonly AppliedDocument[],
  site: Site,
): Promise<readonly ManifestFinding[]> {
  return [...files.problems.map(findingOf), ...duplicateFindings(applied), ...(await site.examine(files, applied))];
}

function findingOf({ severity, reason, message, hint, file, line, column }: ManifestProblem): ManifestFinding {
  return {
    severity,
    reason,
    message,
    file,
    ...(hint !== undefined && { fix: hint }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
