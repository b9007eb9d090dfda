import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['canray', ['canary', 'service'], 'canary'],
    ['Deploymnet', ['Deployment', 'DaemonSet'], 'Deployment'],
    ['deployment', ['Deployment'], 'Deployment'],
    ['spce', ['spec', 'space'], 'spec'],
    ['ap', ['apply'], undefined],
    ['x', ['y'], 'y'],
    ['zzz', ['canary', 'service'], undefined],
    ['', ['canary'], undefined],
    ['a', [], undefined],
  ])('%s of %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('editDistance', () => {
  it('counts insertions, deletions, changes and swaps', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('same', 'same')).toBe(0);
  });

  it('is symmetric, zero only for equal words, and capped', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 5 }), (a, b, limit) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(a, b, limit)).toBe(Math.min(distance, limit));
      }),
    );
  });
});
