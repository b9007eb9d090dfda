import { expect, test } from 'vitest';
import { sendHostileRequests } from './testing/hostile-run.ts';

test('whatever is sent, it is answered, and changes nothing but what it names', { timeout: 120_000 }, async () => {
  expect(await sendHostileRequests(2000, 'ci', () => performance.now())).toEqual([]);
});
