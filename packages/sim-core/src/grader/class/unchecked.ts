import type { CheckDocument } from '../exercise/document.ts';
import { type CheckResult, type GradeResult, RESULT_SCHEMA, totals } from '../result.ts';

/** What a result says of its exercise, and of who graded. */
export interface ResultHead {
  readonly engine: string;
  readonly exercise: GradeResult['exercise'];
  readonly seed: string;
  readonly cluster: string;
  readonly checks: readonly Pick<CheckDocument, 'id' | 'title' | 'points' | 'visibility'>[];
}

/** The result of a submission that nobody could look at: all points open, none taken, and a person has to look. */
export function unchecked(head: ResultHead, submission: GradeResult['submission'], reason: string): GradeResult {
  const message = `could not be checked: ${reason}`;
  return resultOf(head, submission, (check) => ({
    ...check,
    result: 'could-not-check',
    points: 0,
    message,
    evidence: {},
  }));
}

/** The result of a student who handed nothing in. */
export function missing(head: ResultHead, id: string): GradeResult {
  const submission = { id, digest: '', files: [] };
  const message = 'nothing was handed in';
  return resultOf(head, submission, (check) => ({ ...check, result: 'not-yet', points: 0, message, evidence: {} }));
}

function resultOf(
  { engine, exercise, seed, cluster, checks }: ResultHead,
  submission: GradeResult['submission'],
  judge: (check: Pick<CheckResult, 'id' | 'title' | 'max' | 'visibility'>) => CheckResult,
): GradeResult {
  const judged = checks.map(({ id, title, points: max, visibility }) => judge({ id, title, max, visibility }));
  return {
    schema: RESULT_SCHEMA,
    engine,
    exercise,
    submission,
    seed,
    cluster,
    ...totals(judged),
    checks: judged,
    remarks: [],
  };
}
