import { expect, it } from 'vitest';
import { fuzzManifests } from './testing/fuzz-manifests.ts';

it('passes no manifest that does not route, in 25 mutated submissions', { timeout: 120_000 }, async () => {
  const { graded, passed, falsePasses } = await fuzzManifests(25, 1);
  expect(graded).toBe(25);
  expect(falsePasses).toEqual([]);
  expect(passed).toBeGreaterThan(2);
  expect(passed).toBeLessThan(25);
});
