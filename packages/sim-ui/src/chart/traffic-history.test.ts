import { expect, test } from 'vitest';
import { TrafficHistory, type TrafficTotals } from './traffic-history.ts';

const totals = (second: number, requests: number, n = 0, canary = 0, errors = 0): TrafficTotals => ({
  at: second * 1000,
  requests,
  errors,
  n,
  canary,
});

function pointsOf(...all: TrafficTotals[]) {
  const history = new TrafficHistory();
  for (const each of all) history.add(each);
  return history.points;
}

test('a point a second: rates between two moments, the share over ten seconds', () => {
  const points = pointsOf(totals(0, 0), totals(1, 100, 100, 4, 1), totals(3, 300, 300, 16, 1));
  expect(points).toEqual([
    { at: 1000, rate: 100, errors: 1, share: 0.04 },
    { at: 3000, rate: 100, errors: 0, share: 16 / 300 },
  ]);
});

test('what comes within a second waits for its end', () => {
  expect(pointsOf(totals(0, 0), totals(0.5, 50), totals(0.9, 90), totals(1, 100))).toMatchObject([{ rate: 100 }]);
});

test('without draws there is no share, and a new sample counts from its own beginning', () => {
  expect(pointsOf(totals(0, 0), totals(1, 10))).toMatchObject([{ share: null }]);
  expect(pointsOf(totals(0, 0, 900, 45), totals(1, 100, 1000, 50), totals(2, 200, 100, 20)).at(-1)).toMatchObject({
    share: 25 / 200,
  });
});

test('another run begins anew, and only two minutes are kept', () => {
  expect(pointsOf(totals(0, 1000), totals(1, 1100), totals(2, 5), totals(3, 15))).toMatchObject([
    { at: 3000, rate: 10 },
  ]);
  expect(pointsOf(...Array.from({ length: 300 }, (_, i) => totals(i, i)))).toHaveLength(120);
});
