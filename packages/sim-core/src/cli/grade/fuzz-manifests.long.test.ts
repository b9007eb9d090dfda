import { expect, it } from 'vitest';
import { fuzzManifests } from './testing/fuzz-manifests.ts';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);

it.each(SEEDS)(
  'passes no manifest that does not route, in 1,000 mutated submissions: seed %i',
  { timeout: 600_000 },
  async (seed) => {
    const { graded, falsePasses } = await fuzzManifests(1_000, seed);
    expect(graded).toBe(1_000);
    expect(falsePasses).toEqual([]);
  },
);
