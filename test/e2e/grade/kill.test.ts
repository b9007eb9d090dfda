import { afterAll, expect, it } from 'vitest';
import { gradedInOneGo, killAgainAndAgain } from '../../support/killed-batch.ts';
import { Workspace } from '../../support/workspace.ts';

const workspace = new Workspace();
afterAll(() => workspace.clear());

it('a batch that is killed three times and resumed has every submission exactly once', {
  timeout: 300_000,
}, async () => {
  const { kills, journaled, csv, students } = await killAgainAndAgain(workspace, 12, 3);
  expect(kills).toBe(3);
  expect([...journaled].sort()).toEqual([...students].sort());
  expect(csv).toBe(await gradedInOneGo(workspace));
});
