import { expect, test } from 'vitest';
import { sendHostileRequests } from './testing/hostile-run.ts';

test.each(['a', 'b', 'c', 'd', 'e'])('20,000 hostile requests, seed %s', async (seed) => {
  expect(await sendHostileRequests(20_000, seed, () => performance.now())).toEqual([]);
});
