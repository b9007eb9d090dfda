import type { CheckResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { oneLine, tellingLines } from './words.ts';

/**
 * result.json of Classroom 50, for an autograder.py that calls us: identity comes from the variables that its runner sets.
 * Points are whole numbers there: given ones are rounded down. A check that could not be made is worth nothing either way.
 * Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding, schemas/result-v1.schema.json
 */
export const classroom50: Emitter = {
  name: 'classroom50',
  summary: 'result.json of Classroom 50',
  extension: '.json',
  holds: 'one',
  *emit(graded, context) {
    for (const each of graded) yield `${JSON.stringify(resultOf(each, context), null, 2)}\n`;
  },
};

function resultOf({ result }: Graded, context: EmitContext): unknown {
  const tests = result.checks.map((check) => testOf(check, context));
  const { environment, now } = context;
  const value = (name: string, otherwise: string) => environment[name] || otherwise;
  const commit = value('COMMIT_URL', 'unknown');
  return {
    schema: 'classroom50/result/v1',
    classroom: value('CLASSROOM', 'unknown'),
    assignment: value('ASSIGNMENT', result.exercise.name),
    assignment_type: environment['ASSIGNMENT_TYPE'] === 'group' ? 'group' : 'individual',
    owner: value('OWNER', value('USERNAME', oneLine(result.submission.id))),
    submission: value('SUBMISSION_TAG', 'submit/unknown'),
    commit,
    release: value('RELEASE_URL', 'unknown'),
    review: value('REVIEW_URL', commit),
    datetime: now,
    score: sum(tests.map((test) => test.score)),
    'max-score': sum(tests.map((test) => test['max-score'])),
    tests,
  };
}

function testOf(check: CheckResult, context: EmitContext) {
  const isOpen = check.result === 'could-not-check';
  const max = isOpen ? 0 : Math.ceil(check.max);
  return {
    'test-name': `${check.id}: ${oneLine(check.title)}`,
    passed: check.result === 'pass',
    score: isOpen ? 0 : Math.min(max, Math.floor(check.points)),
    'max-score': max,
    output: tellingLines(check, context).join('\n'),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
