import type { ExerciseFiles } from '../grader/exercise/exercise-files.ts';
import type { Variant } from '../grader/exercise/variants.ts';
import type { CheckResult, GradeResult } from '../grader/result.ts';
import { formatPlace } from '../manifest/problem.ts';
import type { SourceFile } from '../manifest/source-map.ts';
import { gradeSimulated, type Machine } from './grade-simulated.ts';
import type { ExerciseLibrary } from './load-exercise.ts';

/** How one answer of an exercise was graded, against what it should get. */
export interface TestedAnswer {
  /** `solution`, `solution, weight 7`, `start`, `wrong/same-image`. */
  readonly name: string;
  readonly result: GradeResult;
  /** Sentences; none when it is as it should be. */
  readonly complaints: readonly string[];
}

/** Combinations of variants that the solution is graded in, at most. */
const MOST_VARIANTS = 24;

/**
 * Grades what an exercise brings along: the solution gets everything, in every variant; the start does not; every wrong answer
 * gets exactly its score and fails on its own checks.
 */
export async function* testExercise(
  library: ExerciseLibrary,
  files: ExerciseFiles,
  machine: Machine,
): AsyncGenerator<TestedAnswer> {
  const [first = {}, ...others] = combinations(library.exercise?.variants ?? {});
  const gradeAnswer = (id: string, answer: readonly SourceFile[], variant: Variant) => {
    const used = library.filled(answer, variant).map(({ file, text }) => ({ path: file, used: true, text }));
    return gradeSimulated(library.forVariant(variant), { id, files: used }, machine);
  };
  const solution = await gradeAnswer('solution', files.solution, first);
  yield { name: 'solution', result: solution, complaints: solutionComplaints(solution) };
  if (files.start.length > 0) {
    const start = await gradeAnswer('start', files.start, first);
    const complaints =
      start.max > 0 && start.score === start.max ? ['the start gets everything: nothing is to be done'] : [];
    yield { name: 'start', result: start, complaints };
  }
  for (const [folder, answer] of files.wrong) {
    const result = await gradeAnswer(folder, answer, first);
    yield { name: `wrong/${folder}`, result, complaints: wrongComplaints(result, library, folder) };
  }
  for (const variant of others.slice(0, MOST_VARIANTS)) {
    const result = await gradeAnswer('solution', files.solution, variant);
    const values = Object.entries(variant).map(([name, value]) => `${name} ${String(value)}`);
    yield { name: `solution, ${values.join(', ')}`, result, complaints: solutionComplaints(result) };
  }
}

function solutionComplaints({ checks }: GradeResult): string[] {
  const open = checks.filter(({ result }) => result !== 'pass');
  return open.map(
    (check) => `the solution does not get ${check.id} (${check.result}): ${check.message}${placeOf(check)}`,
  );
}

function wrongComplaints(
  { score, ungraded, checks }: GradeResult,
  { exercise }: ExerciseLibrary,
  name: string,
): string[] {
  const expected = exercise?.wrong.find((each) => each.name === name);
  const failed = checks.filter(({ result }) => result === 'not-yet').map(({ id }) => id);
  const found = `{ score: ${score}, fails: [${failed.join(', ')}] }`;
  if (expected === undefined) return [`spec.wrong does not say what it gets; now that is ${name}: ${found}`];
  const unsure = checks.filter(({ result }) => result === 'could-not-check');
  return [
    ...(ungraded > 0 ? unsure.map(({ id, message }) => `${id} could not be checked: ${message}`) : []),
    ...(score === expected.score ? [] : [`it gets ${score} points, spec.wrong says ${expected.score}`]),
    ...(isSame(failed, expected.fails)
      ? []
      : [`it fails on ${failed.join(', ') || 'nothing'}, spec.wrong says ${expected.fails.join(', ')}`]),
    ...(failed.length === 0 ? ['it fails on no check: it is no wrong answer'] : []),
  ];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

function placeOf(check: CheckResult): string {
  return check.file === undefined ? '' : ` (${formatPlace(check.file, check)})`;
}

/** Every way to choose one value of each. */
function combinations(variants: Readonly<Record<string, readonly unknown[]>>): Variant[] {
  return Object.entries(variants).reduce<Variant[]>(
    (all, [name, values]) => all.flatMap((each) => values.map((value) => ({ ...each, [name]: value }) as Variant)),
    [{}],
  );
}
