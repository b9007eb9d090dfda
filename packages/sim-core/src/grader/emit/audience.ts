import { type CheckResult, type GradeResult, totals } from '../result.ts';
import { type Audience, type Graded, withResult } from './emitter.ts';

/** A blocked check whose reason may not be told. */
const WAITS = 'waits for a check that is not shown here';

/**
 * A result as its reader may see it. For students hidden checks, and those shown after the due date or after publication,
 * are gone as if the exercise had none: ids, titles, counts, points, and what other checks say of them.
 */
export function forAudience(graded: Graded, audience: Audience): Graded {
  if (audience === 'instructor') return graded;
  const unseen = graded.result.checks.filter(isUnseen);
  return unseen.length === 0 ? graded : withResult(graded, without(graded.result, unseen));
}

function without(result: GradeResult, unseen: readonly CheckResult[]): GradeResult {
  const ids = new Set(unseen.map(({ id }) => id));
  const names = unseen.flatMap(({ id, title }) => [id, title]).filter((name) => name !== '');
  const checks = result.checks.filter(({ id }) => !ids.has(id)).map((check) => withoutBlockers(check, ids));
  return {
    ...result,
    checks,
    ...totals(checks),
    remarks: result.remarks.filter((remark) => !names.some((name) => remark.includes(name))),
  };
}

function withoutBlockers(check: CheckResult, unseen: ReadonlySet<string>): CheckResult {
  const { blockedBy = [] } = check;
  if (!blockedBy.some((id) => unseen.has(id))) return check;
  const { blockedBy: _all, hint: _hint, hints: _hints, ...rest } = check;
  const left = blockedBy.filter((id) => !unseen.has(id));
  return { ...rest, message: WAITS, evidence: {}, ...(left.length > 0 && { blockedBy: left }) };
}

function isUnseen({ visibility }: CheckResult): boolean {
  return visibility !== 'visible';
}
