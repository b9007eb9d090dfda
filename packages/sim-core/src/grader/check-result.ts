import type { Finding } from './checks/finding.ts';
import { checkKind } from './checks/index.ts';
import type { CheckDocument, Exercise, Hint } from './exercise/document.ts';
import type { CheckResult, Outcome } from './result.ts';

type Place = Pick<CheckResult, 'file' | 'line' | 'column'>;

/** What all results of a check have in common. */
function base({ id, title, points, visibility }: CheckDocument) {
  return { id, title, max: points, visibility };
}

/** The result of a check that was made. */
export function resultOf(check: CheckDocument, finding: Finding, hints: readonly Hint[], place: Place): CheckResult {
  const { result, message, evidence } = finding;
  const points = result === 'pass' ? check.points : 0;
  const words = result === 'not-yet' && check.message !== undefined ? `${check.message} (${message})` : message;
  const ladder = result === 'not-yet' ? ladderOf(check, hints, 'fix' in finding ? finding.fix : undefined) : [];
  const [hint, ...more] = ladder;
  return {
    ...base(check),
    result,
    points,
    message: words,
    ...(hint !== undefined && { hint }),
    ...(more.length > 0 && { hints: ladder }),
    ...place,
    ...(result === 'pass' && finding.remark !== undefined && { remark: finding.remark }),
    evidence,
  };
}

/**
 * The author's hints, and what the cluster itself advises as the last of them: it is nearly the answer. Of mistakes in manifests
 * it is the first: only the cluster knows which one it is.
 */
function ladderOf({ id, kind }: CheckDocument, hints: readonly Hint[], fix: string | undefined): string[] {
  const own = hints.filter(({ check }) => check === id).map(({ text }) => text);
  if (fix === undefined || fix === '') return own;
  return checkKind(kind)?.advisesFirst === true ? [fix, ...own] : [...own, fix];
}

/** The result of a check that others stand in the way of. */
export function blockedResult(check: CheckDocument, before: ReadonlyMap<string, CheckResult>): CheckResult {
  const open = check.requires.filter((id) => !['pass', undefined].includes(before.get(id)?.result));
  const message = `waits for ${open.join(', ')}`;
  return { ...base(check), result: 'blocked', points: 0, message, blockedBy: open, evidence: {} };
}

/** The same result for every check, where the submission as a whole decides. */
export function sameForAll({ checks }: Exercise, result: Outcome, message: string): CheckResult[] {
  return checks.map((check) => ({ ...base(check), result, points: 0, message, evidence: {} }));
}
