import { isOperator } from '../grader/assert/operators.ts';
import { isRole } from '../grader/binding/roles.ts';
import type { ExerciseProblem } from '../grader/exercise/decode.ts';
import type { Exercise } from '../grader/exercise/document.ts';
import type { ExerciseFiles } from '../grader/exercise/exercise-files.ts';
import { nearest } from '../manifest/nearest.ts';
import type { ExerciseLibrary } from './load-exercise.ts';

/** Wrong answers that an exercise should have at least. */
const FEWEST_WRONG = 4;

/** What is wrong with an exercise, or could be better, without grading anything: errors first. */
export function lintExercise(library: ExerciseLibrary, files: ExerciseFiles): ExerciseProblem[] {
  const { exercise } = library;
  if (exercise === undefined) return [...library.problems];
  const { file } = files.exercise;
  const advice = [...missingFiles(exercise, files), ...uncovered(exercise), ...unknownWords(exercise, files)];
  return [
    ...library.problems,
    ...advice.map((message): ExerciseProblem => ({ severity: 'warning', reason: 'Exercise', message, file })),
  ];
}

function missingFiles(exercise: Exercise, { solution, start, wrong }: ExerciseFiles): string[] {
  const described = exercise.wrong.map(({ name }) => name);
  return [
    ...(solution.length === 0 ? [`there is no solution: nothing in ${exercise.solution}/`] : []),
    ...(start.length === 0 ? [`learners begin with nothing: there is no ${exercise.start}/`] : []),
    ...(wrong.size < FEWEST_WRONG
      ? [`${wrong.size} wrong answers; at least ${FEWEST_WRONG} show that the checks tell mistakes apart`]
      : []),
    ...[...wrong.keys()].flatMap((name) =>
      described.includes(name) ? [] : [`spec.wrong does not say what wrong/${name} gets`],
    ),
    ...described.flatMap((name) =>
      wrong.has(name) ? [] : [`spec.wrong speaks of ${name}, and there is no wrong/${name}/`],
    ),
  ];
}

/** Checks that no wrong answer fails on may pass always, and checks without a hint leave learners alone. */
function uncovered({ checks, wrong, hints }: Exercise): string[] {
  const failed = new Set(wrong.flatMap(({ fails }) => fails));
  const hinted = new Set(hints.map(({ check }) => check));
  return checks.flatMap(({ id, visibility, points }) => [
    ...(failed.has(id) ? [] : [`no wrong answer fails on ${id}: does it ever say no?`]),
    ...(visibility !== 'visible' || points === 0 || hinted.has(id) ? [] : [`there is no hint for ${id}`]),
  ]);
}

/** `$wieght`: neither a role, nor an operator, nor a variant. */
function unknownWords({ variants }: Exercise, { exercise }: ExerciseFiles): string[] {
  const text = typeof exercise.text === 'string' ? exercise.text : new TextDecoder().decode(exercise.text);
  const words = new Set(text.match(/\$[A-Za-z]\w*/g) ?? []);
  const known = Object.keys(variants).map((name) => `$${name}`);
  return [...words].flatMap((word) => {
    if (isRole(word) || isOperator(word) || known.includes(word)) return [];
    const meant = nearest(word, known);
    return [`${word} is no role, no operator and no variant${meant === undefined ? '' : `; did you mean ${meant}?`}`];
  });
}
