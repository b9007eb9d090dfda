import type { CheckResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { OUTCOME_WORDS, oneLine, scoreWords, statusWords, tellingLines } from './words.ts';

/**
 * results.json of Gradescope's autograders. Who sees a check later is Gradescope's own `visibility`; such checks are only in
 * what is printed for instructors. A check that could not be made has no score: `score` at the top says what was given.
 * Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
 */
export const gradescope: Emitter = {
  name: 'gradescope',
  summary: "results.json of Gradescope's autograders",
  extension: '.json',
  holds: 'one',
  *emit(graded, context) {
    for (const each of graded) yield `${JSON.stringify(results(each, context), null, 2)}\n`;
  },
};

function results(graded: Graded, context: EmitContext): unknown {
  const { result } = graded;
  const told = [scoreWords(result), statusWords(graded), ...result.remarks.map(oneLine)].filter((each) => each !== '');
  return {
    score: result.score,
    output: told.join('\n'),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests: result.checks.map((check, index) => test(check, index + 1, context)),
    extra_data: {
      engine: result.engine,
      exercise: result.exercise.name,
      digest: result.exercise.digest,
      submission: result.submission.digest,
      seed: result.seed,
      max: result.max,
      ungraded: result.ungraded,
    },
  };
}

function test(check: CheckResult, number: number, context: EmitContext): unknown {
  const isOpen = check.result === 'could-not-check';
  return {
    name: `${check.id}: ${oneLine(check.title)}`,
    number: String(number),
    ...(isOpen
      ? {}
      : { score: check.points, max_score: check.max, status: check.result === 'pass' ? 'passed' : 'failed' }),
    output: [OUTCOME_WORDS[check.result], ...tellingLines(check, context)].join('\n'),
    output_format: 'text',
    visibility: check.visibility,
    tags: [check.result],
  };
}
