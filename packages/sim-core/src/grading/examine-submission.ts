import { examine } from '../doctor/doctor.ts';
import type { ManifestFinding } from '../grader/site.ts';
import type { AppliedDocument } from '../grader/submission/apply.ts';
import type { GradedFiles } from '../grader/submission/read-submission.ts';
import { type ApplyOutcome, type Cluster, PLAIN_EDGE, worldOf } from '../index.ts';
import type { Certificates } from './certificates.ts';

/** What the API server's validation and the doctor say of a submission that was applied: refusals first. */
export function examineSubmission(
  cluster: Cluster,
  { texts }: GradedFiles,
  applied: readonly AppliedDocument[],
  certificates: Certificates,
): ManifestFinding[] {
  cluster.manifests.addFiles(texts);
  for (const { key, refusal, document } of applied)
    if (refusal === undefined) cluster.manifests.attribute(key, document);
  const refused = applied.filter(({ refusal }) => refusal !== undefined);
  const outcomes = cluster.apply(
    refused.map(({ document }) => document),
    { dryRun: true, files: texts },
  );
  return [
    ...refused.flatMap((each, index) => refusals(each, outcomes[index])),
    ...diagnoses(cluster, outcomes, certificates),
  ];
}

/** The server's own words where a dry run says no more. */
function refusals({ document, refusal }: AppliedDocument, outcome: ApplyOutcome | undefined): ManifestFinding[] {
  const problems = outcome?.problems ?? [];
  const { file, line } = document;
  if (problems.length === 0) {
    const { reason = 'Invalid', message = '' } = refusal ?? {};
    return [{ severity: 'error', reason, message, file, line }];
  }
  return problems.map(({ reason, message, hint, line: at, column }) => ({
    severity: 'error',
    reason,
    message,
    file,
    line: at ?? line,
    ...(column !== undefined && { column }),
    ...(hint !== undefined && { fix: hint }),
  }));
}

function diagnoses(cluster: Cluster, outcomes: readonly ApplyOutcome[], certificates: Certificates): ManifestFinding[] {
  const world = worldOf(cluster, outcomes, PLAIN_EDGE, certificates);
  return examine(world).flatMap(({ severity, reason, message, fix, source }): ManifestFinding[] =>
    severity === 'info' ? [] : [{ severity, reason, message, fix, ...source }],
  );
}
