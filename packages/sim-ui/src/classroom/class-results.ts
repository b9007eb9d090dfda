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

/** Reads what `grade --json` wrote: one result, or the list of a class. What is none is told, and stops no other. */
export function readResults(file: string, text: string): ReadResult[] {
  const value = parse(text);
  return Array.isArray(value)
    ? value.map((each: unknown, i) => readOne(`${file}[${i}]`, each))
    : [readOne(file, value)];
}

function readOne(file: string, value: unknown): ReadResult {
  const { submission, exercise, checks, score, max, name } = (value ?? {}) as Record<string, unknown>;
  if (!Array.isArray(checks) || typeof score !== 'number' || typeof max !== 'number')
    return { file, problem: 'is no result of a grade: it has no checks with a score' };
  const ownName = file.replace(/^.*\//, '').replace(/\.json$/, '');
  return {
    file,
    result: {
      student: (typeof name === 'string' && name) || textOf(submission, 'id') || ownName,
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, field: string): string {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  return typeof text === 'string' ? text : '';
}
