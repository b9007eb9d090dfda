import { formatPlace } from '../manifest/problem.ts';
import { carryForward } from './carry-forward.ts';
import { blockedResult, resultOf, sameForAll } from './check-result.ts';
import { ENGINE } from './engine.ts';
import type { ExercisePack } from './exercise/exercise-pack.ts';
import { overLimit } from './limits.ts';
import { type CheckResult, type GradeResult, RESULT_SCHEMA, totals } from './result.ts';
import { blockedBy, runCheck } from './run-check.ts';
import { Session } from './session.ts';
import type { Ground } from './site.ts';
import { digestOf } from './submission/digest.ts';
import { cleanExported, isExported } from './submission/exported.ts';
import { type GradedFiles, readSubmission } from './submission/read-submission.ts';
import type { Submission } from './submission.ts';

/**
 * Grades one submission: reads it, applies it in a cluster of its own, and makes one check after the other. Never throws: what
 * could not be done is "could not check", with the reason.
 */
export async function grade(pack: ExercisePack, submission: Submission, ground: Ground): Promise<GradeResult> {
  const files = readSubmission(submission);
  const report = (checks: readonly CheckResult[], remarks: readonly string[] = []) =>
    resultFrom({ pack, submission, files, ground, checks, remarks });
  const unfit = whyUnfit(pack, submission, files);
  if (unfit !== undefined) return report(sameForAll(pack.exercise, 'not-yet', unfit));
  const { documents, cleaned, leftOut } = cleanExported(files.documents);
  try {
    const { seed, timeLimit } = pack.exercise;
    const site = await ground.open({ seed, wall: timeLimit.wall });
    try {
      const session = new Session({ pack, files, documents, site });
      session.remarks.push(...cleanedRemarks(cleaned, leftOut.length));
      await session.prepare();
      return report(await makeChecks(pack, session), session.remarks);
    } finally {
      await site.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return report(sameForAll(pack.exercise, 'could-not-check', `the submission could not be graded: ${why}`));
  }
}

/** The checks in their order: what stands in the way, the check itself, and what the reference solution stands in for. */
async function makeChecks(pack: ExercisePack, session: Session): Promise<CheckResult[]> {
  const { exercise } = pack;
  const before = new Map<string, CheckResult>();
  const results: CheckResult[] = [];
  for (const check of exercise.checks) {
    const open = blockedBy(check, before);
    if (open === 'blocked') {
      const blocked = blockedResult(check, before);
      before.set(check.id, blocked);
      results.push(blocked);
      continue;
    }
    const limit = check.limit ?? exercise.timeLimit.virtual;
    const finding = open ?? (await runCheck(check, session.contextFor(limit)));
    const result = resultOf(
      check,
      finding,
      exercise.hints,
      session.locate('place' in finding ? finding.place : undefined),
    );
    results.push(result);
    before.set(check.id, result);
    if (result.result !== 'not-yet' || check.carryForward.length === 0) continue;
    // What stands in for it does not block what needs it.
    if (await carryForward(check, pack, session)) before.delete(check.id);
  }
  return results;
}

/** Why nothing of a submission is looked at; undefined when it is. */
function whyUnfit({ exercise }: ExercisePack, { id }: Submission, files: GradedFiles): string | undefined {
  const { documents, problems, texts } = files;
  const dump = documents.find(isExported);
  if (exercise.exported === 'refuse' && dump !== undefined)
    return `${dump.file}:${dump.line} came out of a cluster (kubectl get -o yaml); this exercise wants manifests that you wrote`;
  const over = overLimit(documents, texts);
  if (over !== undefined) return over;
  if (documents.length > 0) return undefined;
  const [problem] = problems;
  const why = problem === undefined ? '' : `: ${formatPlace(problem.file, problem)}: ${problem.message}`;
  return `no Kubernetes objects found in ${id}${why}`;
}

function cleanedRemarks(cleaned: number, leftOut: number): string[] {
  return [
    ...(cleaned > 0
      ? [`${cleaned} objects came out of a cluster (kubectl get -o yaml): what servers wrote into them was taken out`]
      : []),
    ...(leftOut > 0 ? [`${leftOut} objects of such a dump were left out: controllers had made them`] : []),
  ];
}

function resultFrom({
  pack: { exercise, digest, variant },
  submission,
  files,
  ground,
  checks,
  remarks,
}: {
  pack: ExercisePack;
  submission: Submission;
  files: GradedFiles;
  ground: Ground;
  checks: readonly CheckResult[];
  remarks: readonly string[];
}): GradeResult {
  return {
    schema: RESULT_SCHEMA,
    engine: ENGINE,
    exercise: { name: exercise.name, title: exercise.title, digest },
    submission: { id: submission.id, digest: digestOf(files.texts), files: files.files },
    seed: exercise.seed,
    ...(Object.keys(variant).length > 0 && { variant }),
    cluster: ground.name,
    ...totals(checks),
    checks,
    remarks,
  };
}
