import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../sim/random.ts';
import { ALPHA, logEvidenceAgainst, type SplitSample, verdictOf, wilson95 } from './split-statistics.ts';

/** Ends of the confidence sequence, in percent, by bisection. */
function confidenceSequence(sample: SplitSample, centre: number): [number, number] {
  const isInside = (share: number) => logEvidenceAgainst(share, sample, centre) < -Math.log(ALPHA);
  const edge = (inside: number, outside: number): number => {
    for (let i = 0; i < 60; i++) {
      const middle = (inside + outside) / 2;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  const share = sample.canary / sample.n;
  return [edge(share, 0) * 100, edge(share, 1) * 100];
}

describe('the intervals of a 5 % split with exactly 5 % at the canary', () => {
  it.each([
    [100, [2.15, 11.18], [1.22, 12.67]],
    [1_000, [3.81, 6.53], [3.25, 7.26]],
    [2_000, [4.13, 6.04], [3.67, 6.6]],
    [10_000, [4.59, 5.44], [4.32, 5.74]],
  ])('at %i draws', (n, wilson, anytime) => {
    const sample = { n, canary: n * 0.05 };
    const [low = 0, high = 0] = wilson95(sample) ?? [];
    expect([low * 100, high * 100].map((end) => Number(end.toFixed(2)))).toEqual(wilson);
    expect(confidenceSequence(sample, 0.05).map((end) => Number(end.toFixed(2)))).toEqual(anytime);
  });
});

describe('wilson95', () => {
  it('is unknown without draws and touches the ends', () => {
    expect(wilson95({ n: 0, canary: 0 })).toBeNull();
    expect(wilson95({ n: 20, canary: 0 })?.[0]).toBe(0);
    expect(wilson95({ n: 20, canary: 0 })?.[1]).toBeCloseTo(0.161, 3);
    expect(wilson95({ n: 20, canary: 20 })?.[1]).toBe(1);
  });

  it('always holds the observed share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const canary = Math.round(n * part);
        const [low = 1, high = 0] = wilson95({ n, canary }) ?? [];
        expect(low).toBeLessThanOrEqual(canary / n);
        expect(high).toBeGreaterThanOrEqual(canary / n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

/** Draws at a true share until the verdict turns, looking after every tenth one; undefined when it never does. */
function drawsUntilRuledOut(
  random: Random,
  name: string,
  truth: number,
  configured: number,
  most: number,
): number | undefined {
  const stream = random.fork(name);
  let canary = 0;
  for (let n = 1; n <= most; n++) {
    if (stream.next() < truth) canary++;
    if (n % 10 === 0 && verdictOf({ n, canary }, configured) === 'not consistent') return n;
  }
  return undefined;
}

describe('verdictOf', () => {
  it('rarely calls a correct split wrong, however long somebody watches', () => {
    const random = new Random('correct');
    const runs = Array.from({ length: 300 }, (_, run) => drawsUntilRuledOut(random, `run ${run}`, 0.05, 0.05, 6_000));
    // 2.7 % of one-minute runs at 100 requests a second; at most 5 % by construction.
    expect(runs.filter((turned) => turned !== undefined).length / runs.length).toBeLessThan(ALPHA);
  });

  it.each([
    [0.1, 220],
    [0.08, 500],
    [0.06, 3_920],
    [0, 150],
    [0.5, 20],
  ])('notices a true share of %d after about %i draws', (truth, expected) => {
    const random = new Random('mismatch');
    const runs = Array.from(
      { length: 101 },
      (_, run) => drawsUntilRuledOut(random, `run ${run}`, truth, 0.05, 20_000) ?? Infinity,
    );
    const median = runs.sort((a, b) => a - b)[50] as number;
    expect(median).toBeGreaterThan(expected * 0.6);
    expect(median).toBeLessThan(expected * 1.6);
  });

  it('is exact at weights 0 and total', () => {
    expect(verdictOf({ n: 10_000, canary: 0 }, 0)).toBe('consistent');
    expect(verdictOf({ n: 10_000, canary: 1 }, 0)).toBe('not consistent');
    expect(verdictOf({ n: 10_000, canary: 10_000 }, 1)).toBe('consistent');
    expect(verdictOf({ n: 1, canary: 0 }, 1)).toBe('not consistent');
    expect(verdictOf({ n: 500, canary: 500 }, 1.5)).toBe('consistent');
  });

  it('says "too early" below 100 draws, unless the weight is ruled out already', () => {
    expect(verdictOf({ n: 0, canary: 0 }, 0.05)).toBe('too early');
    expect(verdictOf({ n: 20, canary: 1 }, 0.05)).toBe('too early');
    expect(verdictOf({ n: 99, canary: 5 }, 0.05)).toBe('too early');
    expect(verdictOf({ n: 100, canary: 5 }, 0.05)).toBe('consistent');
    expect(verdictOf({ n: 20, canary: 15 }, 0.05)).toBe('not consistent');
    expect(verdictOf({ n: 1_000, canary: 200 }, 0.05)).toBe('not consistent');
  });

  it('stays a number for the smallest weights and the largest samples', () => {
    for (const share of [0.001, 1 / 1_000_000, 0.999]) {
      const sample = { n: 1e8, canary: Math.round(1e8 * share) };
      expect(logEvidenceAgainst(share, sample, share)).toBeLessThan(0);
      expect(verdictOf(sample, share)).toBe('consistent');
    }
  });
});
