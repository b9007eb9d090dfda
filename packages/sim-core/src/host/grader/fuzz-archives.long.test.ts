import { expect, it } from 'vitest';
import { fuzzArchives } from './testing/fuzz-archives.ts';

it('reads 50,000 mutated archives without a crash, and refuses in words', { timeout: 1_800_000 }, async () => {
  for (let seed = 1; seed <= 25; seed++) {
    const { read, refused } = await fuzzArchives(2_000, seed);
    expect(read + refused).toBe(2_000);
  }
});
