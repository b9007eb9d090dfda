import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import {
  checkHidden,
  checkRestarts,
  checkStandStill,
  costOfReaders,
  expectSameRevision,
  hideTab,
} from './testing/feed-checks.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const MINUTE = 60_000;
const SEED = ['--seed', '21'];

describe.skipIf(!available('chromium'))('the feed in a browser, at full length', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(SEED);
    await sandbox.event('settled', ({ ok }) => ok === true);
  });
  afterAll(() => sandbox?.close());

  test.each([
    [10, 0.1],
    [40, 0.25],
  ])('check 7: %i readers cost at most %f of a core above idle, over a minute', async (count, most) => {
    const { readers, share } = await costOfReaders(sandbox, count, MINUTE);
    await expectSameRevision(sandbox, readers, 2);
    for (const reader of readers) reader.stop();
    expect(share).toBeLessThanOrEqual(most);
  });

  test('check 6: a reader stands still for half a minute', () => checkStandStill(sandbox, MINUTE / 2));

  test('check 9: a tab is hidden for a minute', async () => {
    await checkHidden(sandbox, await hideTab(sandbox), MINUTE);
  });

  test('check 5: killed and started again ten times', () => checkRestarts(sandbox, SEED, 10));
});
