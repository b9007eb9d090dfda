/** One student's newest result of one exercise. */
export interface StudentResult {
  /** Id of the submission, or the file's name where it says none. */
  readonly student: string;
  readonly exercise: string;
  readonly score: number;
  readonly max: number;
  readonly checks: readonly {
    readonly title: string;
    readonly result: 'pass' | 'not-yet' | 'could-not-check' | 'blocked';
  }[];
}

/** A file of a folder of results, and what it says, or why it says nothing. */
export type ReadResult =
  | { readonly file: string; readonly result: StudentResult }
  | { readonly file: string; readonly problem: string };

const RESULTS: ReadonlySet<unknown> = new Set(['pass', 'not-yet', 'could-not-check', 'blocked']);

/** Reads the result that `grade --json DIR` wrote. What is none is told, and stops no other file. */
export function readResult(file: string, text: string): ReadResult {
  const value = parse(text);
  const { submission, exercise, checks, score, max } = value as Record<string, unknown>;
  if (!Array.isArray(checks) || typeof score !== 'number' || typeof max !== 'number')
    return { file, problem: 'is no result of a grade: it has no checks with a score' };
  const name = file.replace(/^.*\//, '').replace(/\.json$/, '');
  return {
    file,
    result: {
      student: textOf(submission, 'id') || name,
      exercise: textOf(exercise, 'title') || textOf(exercise, 'name'),
      score,
      max,
      checks: checks.map((check: unknown) => {
        const result = textOf(check, 'result');
        return {
          title: textOf(check, 'title') || textOf(check, 'id'),
          result: (RESULTS.has(result) ? result : 'could-not-check') as 'pass',
        };
      }),
    },
  };
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown, field: string): string {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  return typeof text === 'string' ? text : '';
}
