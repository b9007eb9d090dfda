import { expect, test } from 'vitest';
import { caughtOf } from './testing/operating-curve.ts';

/* The operating curve of docs/grading.md: 5,000 gradings each. */

const GRADINGS = 5000;

test.each([0, 1, 2, 3, 7, 8, 10, 20, 50])('weight %i instead of 5 is caught in 99.9 %% of all gradings', (weight) => {
  const caught = caughtOf({ weight, percent: 5, gradings: GRADINGS, seed: 7 });
  expect(caught).toBeGreaterThanOrEqual(GRADINGS * 0.999);
});

test('weight 5 is never called wrong', () => {
  expect(caughtOf({ weight: 5, percent: 5, gradings: GRADINGS, seed: 7 })).toBe(0);
});
