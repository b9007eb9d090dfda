import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { FollowingReader } from './following-reader.ts';
import { heapBytes } from './page-probes.ts';
import { LAPTOP, type WatchedSandbox } from './watched-sandbox.ts';

const MINUTE = 60_000;
/** Heap of the page after a collection, and when that was in minutes. */
type Reading = readonly [minutes: number, bytes: number];

/** How long is watched, and how closely. */
export interface GrowthOptions {
  /** Requests a second. */
  readonly rate: number;
  readonly minutes: number;
  /** How often the heap is read. */
  readonly readings: number;
  /** The heap grows by fewer megabytes a minute. */
  readonly megabytes: number;
}

/**
 * Check 31: requests come, somebody looks through the tabs and reads the controller's access log meanwhile. The heap does
 * not grow, and every ring stays within its bounds.
 */
export async function checkGrowth(
  sandbox: WatchedSandbox,
  { rate, minutes, readings, megabytes }: GrowthOptions,
): Promise<void> {
  const { page, context } = await sandbox.openIn(await sandbox.browser.newContext({ viewport: LAPTOP }));
  const reader = new FollowingReader(sandbox);
  const load = await sandbox.call('POST', '/load', { url: 'http://LOAD_BALANCER/', rate });
  const { id } = (await load.json()) as { id: string };
  const start = performance.now();
  const heap: Reading[] = [];
  for (let i = 1; i <= readings; i++) {
    await lookAround(page);
    await page.waitForTimeout(Math.max(0, start + (i * minutes * MINUTE) / readings - performance.now()));
    await expectBounds(sandbox, page, reader);
    heap.push([(performance.now() - start) / MINUTE, await heapBytes(page)]);
  }
  await sandbox.call('DELETE', `/load/${id}`);
  reader.stop();
  await context.close();
  // The first readings are of rings that still fill.
  const slope = slopeOf(heap.slice(Math.floor(readings / 6)));
  console.log(
    `heap ${heap.map(([, bytes]) => (bytes / 1e6).toFixed(1)).join(' ')} MB: ${(slope / 1e6).toFixed(3)} MB a minute over ${minutes} minutes`,
  );
  expect(slope).toBeLessThan(1_000_000 * megabytes);
}

/** Opens what keeps something, the log last. */
async function lookAround(page: Page): Promise<void> {
  for (const tab of [/Requests/, /Events/, /Chart/, /Logs/]) await page.getByRole('tab', { name: tab }).click();
  const pod = page.locator('.logs__pod select');
  const controller = pod.locator('option', { hasText: 'ingress-nginx-controller' }).first();
  await pod.selectOption((await controller.getAttribute('value')) ?? '');
  await expect.poll(() => linesOf(page), { timeout: 15_000 }).toBeGreaterThan(1);
}

function linesOf(page: Page): Promise<number> {
  return page.locator('.logs__log').evaluate((log) => (log.textContent ?? '').split('\n').length);
}

/** The rings of the log, of events, traces and steps, in the page and in the server. */
async function expectBounds(sandbox: WatchedSandbox, page: Page, { state }: FollowingReader): Promise<void> {
  expect(await linesOf(page)).toBeLessThanOrEqual(1000);
  expect(state?.samples.length).toBeLessThanOrEqual(400);
  expect(state?.events.length).toBeLessThanOrEqual(300);
  expect(state?.timeline.length).toBeLessThanOrEqual(400);
  const traces = await sandbox.api<{ id: number }[]>('/traces?limit=5000');
  // What is older than the five thousandth is forgotten.
  const older = `/traces?limit=1&until=${(traces[4999]?.id ?? 2) - 1}`;
  if (traces.length === 5000) expect(await sandbox.api(older)).toEqual([]);
  expect((await sandbox.api<unknown[]>('/events?limit=5000')).length).toBeLessThanOrEqual(500);
}

/** Least squares: bytes a minute. */
function slopeOf(readings: readonly Reading[]): number {
  const mean = (of: (reading: Reading) => number) => readings.reduce((sum, one) => sum + of(one), 0) / readings.length;
  const [time, bytes] = [mean(([at]) => at), mean(([, size]) => size)];
  return mean(([at, size]) => (at - time) * (size - bytes)) / mean(([at]) => (at - time) ** 2);
}
