import { test } from 'vitest';
import { staysFlat } from './testing/memory-run.ts';

const MEGABYTE = 1024 ** 2;

test('bodies of 10 MB on 20 connections', { timeout: 1_200_000 }, async () => {
  await staysFlat({ connections: 20, bytes: 10 * MEGABYTE, rounds: 10 });
});

test('1,000 connections', { timeout: 1_200_000 }, async () => {
  await staysFlat({ connections: 1000, bytes: 10_000, rounds: 20 });
});
