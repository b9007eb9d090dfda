import type { CheckResult, GradeResult, Outcome } from '../result.ts';

/** How a check of one student moved between two gradings. */
export interface CheckMove {
  readonly check: string;
  readonly before: CheckState | undefined;
  readonly after: CheckState | undefined;
}

/** What there was of a check. */
export interface CheckState {
  readonly result: Outcome;
  readonly points: number;
  readonly max: number;
  readonly message: string;
}

/** How one student moved. */
export interface StudentMove {
  readonly student: string;
  readonly kind: 'moved' | 'same' | 'new' | 'gone';
  readonly before?: Pick<GradeResult, 'score' | 'max' | 'ungraded'>;
  readonly after?: Pick<GradeResult, 'score' | 'max' | 'ungraded'>;
  /** Whether something else was handed in meanwhile. */
  readonly resubmitted: boolean;
  /** Checks that moved, in the order of the exercise. */
  readonly checks: readonly CheckMove[];
}

/** Who moved between two gradings of one submission, and by which check. */
export function differenceOf(before: GradeResult | undefined, after: GradeResult | undefined): StudentMove | undefined {
  const student = (after ?? before)?.submission.id;
  if (student === undefined) return undefined;
  if (before === undefined || after === undefined) {
    return {
      student,
      kind: before === undefined ? 'new' : 'gone',
      ...(before && { before: pointsOf(before) }),
      ...(after && { after: pointsOf(after) }),
      resubmitted: false,
      checks: [],
    };
  }
  const checks = movesOf(before, after);
  return {
    student,
    kind: checks.length === 0 ? 'same' : 'moved',
    before: pointsOf(before),
    after: pointsOf(after),
    resubmitted: before.submission.digest !== after.submission.digest,
    checks,
  };
}

function movesOf(before: GradeResult, after: GradeResult): CheckMove[] {
  const [old, now] = [byId(before), byId(after)];
  const ids = [...new Set([...now.keys(), ...old.keys()])];
  return ids.flatMap((check) => {
    const move = { check, before: old.get(check), after: now.get(check) };
    return isSame(move) ? [] : [move];
  });
}

function isSame({ before, after }: CheckMove): boolean {
  return before?.result === after?.result && before?.points === after?.points && before?.max === after?.max;
}

function byId({ checks }: GradeResult): Map<string, CheckState> {
  return new Map(checks.map((check: CheckResult) => [check.id, stateOf(check)]));
}

function stateOf({ result, points, max, message }: CheckResult): CheckState {
  return { result, points, max, message };
}

function pointsOf({ score, max, ungraded }: GradeResult): Pick<GradeResult, 'score' | 'max' | 'ungraded'> {
  return { score, max, ungraded };
}
