import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../sim/random.ts';
import { SequentialSplitTest } from './sequential-test.ts';
import { caughtOf } from './testing/operating-curve.ts';

describe('the sequential test of a split', () => {
  it.each([
    [3, 100],
    [8, 100],
    [10, 100],
    [5, 0],
  ])('weight %i instead of 5 is caught %i times in 100', (weight, caught) => {
    expect(caughtOf({ weight, percent: 5, gradings: 100, seed: 3 })).toBe(caught);
  });

  it('does not bend for a share of nothing or of everything', () => {
    const never = new SequentialSplitTest(0, 1e-6);
    for (let i = 0; i < 100; i++) expect(never.add(false)).toBe(false);
    expect(never.add(true)).toBe(true);
    expect(never.add(false)).toBe(true);
    const always = new SequentialSplitTest(1, 1e-6);
    expect([always.add(true), always.add(false)]).toEqual([false, true]);
  });

  it('has evidence that is 1 on average while the share is right: a martingale', () => {
    // The mean over every sequence of n draws, each weighed with its probability, computed by hits.
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.integer({ min: 1, max: 60 }), (share, n) => {
        let mean = 0;
        let choose = 1;
        for (let hits = 0; hits <= n; hits++) {
          const test = new SequentialSplitTest(share, 1e-12);
          for (let i = 0; i < n; i++) test.add(i < hits);
          mean += choose * share ** hits * (1 - share) ** (n - hits) * Math.exp(test.logEvidence);
          choose = (choose * (n - hits)) / (hits + 1);
        }
        expect(mean).toBeCloseTo(1, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('decides the same from the same draws', () => {
    const run = () => {
      const [test, chance] = [new SequentialSplitTest(0.05, 1e-6), new Random(1).fork('same')];
      while (test.draws < 5000 && !test.add(chance.next() < 0.1));
      return [test.draws, test.hits, test.logEvidence];
    };
    expect(run()).toEqual(run());
  });
});
