import { expect, it } from 'vitest';
import { fuzzArchives } from './testing/fuzz-archives.ts';

it('reads 1,500 mutated archives without a crash, and refuses in words', { timeout: 120_000 }, async () => {
  const { read, refused } = await fuzzArchives(1_500, 1);
  expect(read + refused).toBe(1_500);
  // Both happen, or the mutations are too weak or too strong to say anything.
  expect(Math.min(read, refused)).toBeGreaterThan(50);
});
