import { expect, test } from 'vitest';
import { askCluster, readLikeNode } from '../testing/fuzz/fuzz-run.ts';

const SEEDS = ['a', 'b', 'c', 'd', 'e'];

test.each(SEEDS)('20,000 inputs are read as node reads them, seed %s', async (seed) => {
  expect(await readLikeNode(20_000, seed)).toEqual([]);
});

test.each(SEEDS)('20,000 inputs get one answer for each request, seed %s', async (seed) => {
  expect((await askCluster(20_000, seed)).broken).toEqual([]);
});
