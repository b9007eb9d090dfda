import { afterAll, expect, it } from 'vitest';
import { gradedInOneGo, killAgainAndAgain } from '../../support/killed-batch.ts';
import { Workspace } from '../../support/workspace.ts';

const workspace = new Workspace();
afterAll(() => workspace.clear());

it('a batch that is killed fifty times and resumed has every submission exactly once', {
  timeout: 1_800_000,
}, async () => {
  const { kills, journaled, csv, students } = await killAgainAndAgain(workspace, 80, 50);
  expect(kills).toBe(50);
  expect([...journaled].sort()).toEqual([...students].sort());
  expect(csv).toBe(await gradedInOneGo(workspace));
});
