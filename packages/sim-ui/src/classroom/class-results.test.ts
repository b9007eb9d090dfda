import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readResults } from './class-results.ts';

const RESULT = {
  schema: 'sandbox.k8s-ingress.dev/grade-result/v1',
  exercise: { name: 'canary-weight', title: 'Send 5 % to the canary' },
  submission: { id: 'ada' },
  score: 30,
  max: 50,
  checks: [
    { id: 'valid', title: 'It is valid', result: 'pass' },
    { id: 'split', title: '', result: 'not-yet' },
    { id: 'odd', title: 'Odd', result: 'something new' },
  ],
};

test('a result has its student, exercise, score and checks', () => {
  expect(readResults('class/ada.json', JSON.stringify(RESULT))).toEqual([
    {
      file: 'class/ada.json',
      result: {
        student: 'ada',
        exercise: 'Send 5 % to the canary',
        score: 30,
        max: 50,
        checks: [
          { title: 'It is valid', result: 'pass' },
          { title: 'split', result: 'not-yet' },
          { title: 'Odd', result: 'could-not-check' },
        ],
      },
    },
  ]);
});

test('without an id the file says who it is', () => {
  const [read] = readResults('class/grace.json', JSON.stringify({ ...RESULT, submission: undefined }));
  expect(read).toMatchObject({ result: { student: 'grace' } });
});

test('the list of a class has a result each; one that is none stops no other', () => {
  const read = readResults('all.json', JSON.stringify([RESULT, { name: 'x' }, { ...RESULT, name: 'Grace Hopper' }]));
  expect(read.map((each) => ('result' in each ? each.result.student : each.problem))).toEqual([
    'ada',
    expect.stringContaining('no result of a grade'),
    'Grace Hopper',
  ]);
});

test('what is no result is told, whatever it is (property)', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      for (const each of readResults('a.json', text)) expect(each).toHaveProperty('problem');
    }),
  );
});
