import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { checkDots } from './testing/dot-check.ts';
import { FollowingReader } from './testing/following-reader.ts';
import { checkGrowth } from './testing/growth-check.ts';
import { processorShare, residentMegabytes } from './testing/process.ts';
import { checkManyPods, checkSmoothness, openProbed } from './testing/size-checks.ts';
import { checkTour } from './testing/tour-check.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const MINUTE = 60_000;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.skipIf(!available('chromium'))('the page for a long time', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['--no-load', '--seed', '21']);
    await sandbox.event('settled', ({ ok }) => ok === true);
  });
  afterAll(() => sandbox?.close());

  test('check 2: nothing outside of the sandbox is asked for anything during a minute of looking around', {
    timeout: 3 * MINUTE,
  }, async () => {
    const load = await sandbox.call('POST', '/load', { url: 'http://LOAD_BALANCER/', rate: 20 });
    await checkTour(sandbox, MINUTE);
    await sandbox.call('DELETE', `/load/${((await load.json()) as { id: string }).id}`);
  });

  test('check 18: a minute of 1,000 requests a second', { timeout: 3 * MINUTE }, async () => {
    const { page, context } = await openProbed(sandbox);
    await checkDots(sandbox, page, 60);
    await context.close();
  });

  test('check 29: ten thousand pods', { timeout: 10 * MINUTE }, () => checkManyPods(10_000, 10_000));

  test('check 30: 2,000 requests a second for a minute', { timeout: 5 * MINUTE }, () =>
    checkSmoothness(sandbox, { rate: 2000, milliseconds: MINUTE }),
  );

  test('check 31: half an hour of 500 requests a second', { timeout: 40 * MINUTE }, () =>
    checkGrowth(sandbox, { rate: 500, minutes: 30, readings: 30, megabytes: 1 }),
  );

  test('check 7: forty readers for ten minutes at 500 requests a second: one revision within a second, no growth', {
    timeout: 20 * MINUTE,
  }, async () => {
    const url = 'http://LOAD_BALANCER/';
    const { id } = (await (await sandbox.call('POST', '/load', { url, rate: 500 })).json()) as { id: string };
    await wait(20_000);
    const idle = await processorShare(sandbox.pid, MINUTE);
    const readers = Array.from({ length: 40 }, () => new FollowingReader(sandbox));
    await wait(10_000);
    const start = residentMegabytes(sandbox.pid);
    const shares: number[] = [];
    for (let minute = 0; minute < 10; minute++) {
      shares.push(await processorShare(sandbox.pid, MINUTE - 5000));
      const answer = await sandbox.call('POST', '/scale', { name: 'netflix-frontend', replicas: 2 + (minute % 2) });
      const { rev } = (await answer.json()) as { rev: number };
      await wait(5000);
      const times = readers.map(
        ({ reachedAt }) => [...reachedAt].find(([each]) => each >= rev)?.[1] ?? Number.POSITIVE_INFINITY,
      );
      expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1000);
    }
    await sandbox.call('DELETE', `/load/${id}`);
    for (const reader of readers) reader.stop();
    const extra = shares.map((share) => share - idle);
    console.log(
      `processor above idle: ${extra.map((share) => `${(100 * share).toFixed(1)} %`).join(', ')}; memory ${start.toFixed(0)} → ${residentMegabytes(sandbox.pid).toFixed(0)} MB`,
    );
    expect(Math.max(...extra)).toBeLessThan(0.25);
    expect(residentMegabytes(sandbox.pid) - start).toBeLessThan(50);
  });
});
