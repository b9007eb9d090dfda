import type { CheckResult } from '../result.ts';
import { csvLine } from './csv-cells.ts';
import type { Emitter, Graded } from './emitter.ts';
import { nextStep, oneLine, percent } from './words.ts';

/** For spreadsheets and grade books: one line a student, one column a check. */
export const csv: Emitter = {
  name: 'csv',
  summary: 'for spreadsheets: one line a student, one column a check',
  extension: '.csv',
  holds: 'class',
  *emit(graded) {
    let ids: readonly string[] | undefined;
    for (const each of graded) {
      if (ids === undefined) {
        ids = each.result.checks.map(({ id }) => id);
        yield csvLine(['student', 'name', 'status', 'score', 'max', 'ungraded', 'percent', ...ids, 'next']);
      }
      yield csvLine(cellsOf(each, ids));
    }
  },
};

function cellsOf({ result, status, name = '' }: Graded, ids: readonly string[]): (string | number)[] {
  const { submission, score, max, ungraded, checks } = result;
  const byId = new Map(checks.map((check) => [check.id, check]));
  const next = nextStep(result);
  return [
    submission.id,
    name,
    status,
    rounded(score),
    rounded(max),
    rounded(ungraded),
    Number(percent(result)),
    ...ids.map((id) => checkCell(byId.get(id))),
    next === undefined ? '' : `${next.id}: ${oneLine(next.message)}`,
  ];
}

/** Empty where there are no points to give or to take. */
function checkCell(check: CheckResult | undefined): string | number {
  return check === undefined || check.result === 'could-not-check' ? '' : rounded(check.points);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
