import { type CheckResult, type GradeResult, totals } from '../result.ts';
import { readCsv } from './csv-table.ts';

/** What an instructor decided about one check of one student. */
export interface Override {
  readonly student: string;
  readonly check: string;
  readonly points: number;
  readonly reason: string;
  /** Where it stands, `overrides.csv:3`. */
  readonly place: string;
}

/** Overrides, and what is wrong with the file, each with its line. */
export interface Overrides {
  readonly overrides: readonly Override[];
  readonly problems: readonly string[];
}

const COLUMNS = ['student', 'check', 'points', 'reason'];

/** Reads overrides.csv: student, check, points, reason. */
export function readOverrides(file: string, text: string): Overrides {
  const { columns, rows } = readCsv(text);
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    return { overrides: [], problems: [`${file}:1: no column ${missing.join(', ')}; it takes ${COLUMNS.join(', ')}`] };
  }
  const problems: string[] = [];
  const overrides = rows.flatMap(({ line, cells }): Override[] => {
    const { student = '', check = '', reason = '' } = cells;
    const points = cells['points'] === '' ? Number.NaN : Number(cells['points']);
    const place = `${file}:${line}`;
    if (student === '' || check === '') problems.push(`${place}: student and check have to be named`);
    else if (!Number.isFinite(points) || points < 0)
      problems.push(`${place}: points "${cells['points']}" is no number of at least 0`);
    else if (reason === '') problems.push(`${place}: a reason has to be given: it is what the student reads`);
    else return [{ student, check, points, reason, place }];
    return [];
  });
  return { overrides, problems };
}

/**
 * A result as the instructor decided it. What the grader found stays in the evidence, so that it can be seen and taken back;
 * because it is applied when results are printed, a decision survives every grading.
 */
export function withOverrides(result: GradeResult, overrides: readonly Override[]): GradeResult {
  const own = new Map(
    overrides.filter(({ student }) => student === result.submission.id).map((each) => [each.check, each]),
  );
  if (own.size === 0) return result;
  const checks = result.checks.map((check) => {
    const override = own.get(check.id);
    return override === undefined ? check : overridden(check, override);
  });
  return { ...result, checks, ...totals(checks) };
}

function overridden(check: CheckResult, { points, reason }: Override): CheckResult {
  const { hint: _hint, hints: _hints, blockedBy: _blockedBy, ...rest } = check;
  return {
    ...rest,
    result: points >= check.max ? 'pass' : 'not-yet',
    points: Math.min(points, check.max),
    message: `decided by your instructor: ${reason}`,
    remark: `the grader says: ${check.message}`,
    evidence: { ...check.evidence, override: { points, reason, found: check.result, foundPoints: check.points } },
  };
}

/** Overrides that speak of nobody and nothing: a misspelt name must not pass unseen. */
export function unusedOverrides(
  overrides: readonly Override[],
  checksOf: (student: string) => readonly string[] | undefined,
): string[] {
  return overrides.flatMap(({ student, check, place }) => {
    const checks = checksOf(student);
    if (checks === undefined) return [`${place}: no submission of ${student}`];
    return checks.includes(check) ? [] : [`${place}: the exercise has no check ${check}; it has ${checks.join(', ')}`];
  });
}
