import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

test('what has room stands where it wants to', () => {
  const wishes = [
    { centre: 30, size: 20 },
    { centre: 100, size: 40 },
  ];
  expect(spread(wishes, 5, 0, 200)).toEqual([20, 80]);
});

test('the same wish makes a stack; at the lower end it moves up', () => {
  const two = [
    { centre: 95, size: 20 },
    { centre: 95, size: 20 },
  ];
  expect(spread(two, 5, 0, 100)).toEqual([55, 80]);
});

test('nothing ever overlaps, and nothing leaves the column as long as everything fits', () => {
  const wish = fc.record({ centre: fc.integer({ min: -50, max: 400 }), size: fc.integer({ min: 5, max: 60 }) });
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1, maxLength: 8 }), (wishes) => {
      const starts = spread(wishes, 4, 10, 300);
      const needed = wishes.reduce((sum, { size }) => sum + size + 4, -4);
      starts.forEach((start, i) => {
        const end = start + (wishes[i]?.size ?? 0);
        if (i + 1 < starts.length) expect(starts[i + 1]).toBeGreaterThanOrEqual(end + 4);
        expect(start).toBeGreaterThanOrEqual(10);
        if (needed <= 290) expect(end).toBeLessThanOrEqual(300);
      });
    }),
  );
});
