import { expect, test } from 'vitest';
import { askCluster, readLikeNode } from '../testing/fuzz/fuzz-run.ts';

/* Requests in random pieces, most of them bent. fuzz.long.test.ts sends a hundred thousand. */

test('whatever comes is read as node reads it, or refused', { timeout: 60_000 }, async () => {
  expect(await readLikeNode(1500, 'a seed')).toEqual([]);
});

test('whatever comes, the ingress controller gives each request one answer', { timeout: 60_000 }, async () => {
  const { broken, statuses } = await askCluster(1500, 'a seed');
  expect(broken).toEqual([]);
  // 0 stands for HTTP/0.9, which has none.
  expect(statuses).toEqual([0, 200, 301, 400, 404, 405, 413, 414, 501, 503, 505]);
});
