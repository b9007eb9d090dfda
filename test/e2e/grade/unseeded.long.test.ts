import { expect, it } from 'vitest';
import { gradeUnseeded } from '../../support/unseeded-gradings.ts';

const HOURS = 3_600_000;

it('of 2,000 gradings of a correct canary over real sockets, with chance that nobody seeds, at most one is called wrong', {
  timeout: 8 * HOURS,
}, async () => {
  const results: string[] = [];
  await gradeUnseeded({ sandboxes: 20, gradingsEach: 100 }, ({ result }) => results.push(result));
  expect(results).toHaveLength(2000);
  expect(results.filter((result) => result === 'not-yet').length).toBeLessThanOrEqual(1);
  expect(results.filter((result) => result === 'could-not-check')).toEqual([]);
});
