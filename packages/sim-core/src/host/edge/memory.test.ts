import { test } from 'vitest';
import { staysFlat } from './testing/memory-run.ts';

const MEGABYTE = 1024 ** 2;

/* The long form is memory.long.test.ts. */

test('bodies of 10 MB, up and down: nothing of them stays', { timeout: 120_000 }, async () => {
  await staysFlat({ connections: 2, bytes: 10 * MEGABYTE, rounds: 3 });
});

test('many connections: nothing of their requests stays', { timeout: 120_000 }, async () => {
  await staysFlat({ connections: 100, bytes: 20_000, rounds: 10 });
});
