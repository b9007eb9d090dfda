import type { SplitRow, WireObject } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { FollowingReader } from './following-reader.ts';
import { heapBytes, hide } from './page-probes.ts';
import { processorShare, residentMegabytes } from './process.ts';
import { LAPTOP, type WatchedSandbox } from './watched-sandbox.ts';

const DEPLOYMENT = 'netflix-frontend';
/** Heap of a page after restarts, in bytes more than before. */
const MOST_GROWTH = 10_000_000;
/** Readers need their snapshot first; a busy machine takes its time. */
const JOINED = { timeout: 30_000 };

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const scale = (sandbox: WatchedSandbox, replicas: number) =>
  sandbox.call('POST', '/scale', { name: DEPLOYMENT, replicas });

/** Waits until a page follows its sandbox. */
export function untilLive(page: Page): Promise<void> {
  return page.locator('.freshness[data-state="live"]').waitFor({ timeout: 15_000 });
}

/** A page whose sockets are counted. */
export class CountedPage {
  readonly page: Page;
  /** Sockets that are open now. */
  sockets = 0;

  private constructor(page: Page) {
    this.page = page;
    page.on('websocket', (socket) => {
      this.sockets += 1;
      socket.on('close', () => {
        this.sockets -= 1;
      });
    });
  }

  static async open(sandbox: WatchedSandbox): Promise<CountedPage> {
    const context = await sandbox.browser.newContext({ viewport: LAPTOP });
    const counted = new CountedPage(await context.newPage());
    await counted.page.goto(`${sandbox.control}/?token=${sandbox.token}`);
    await untilLive(counted.page);
    return counted;
  }
}

/** Check 3: the sandbox is killed and started again, and the page goes through it without a reload. */
export async function killAndRestart(sandbox: WatchedSandbox, page: Page, args: readonly string[]): Promise<void> {
  const { epoch } = await sandbox.snapshot();
  await sandbox.kill();
  const banner = page.locator('.lost');
  await banner.waitFor({ timeout: 3000 });
  expect(await banner.textContent()).toContain('frozen at');
  await sandbox.restart(args);
  await banner.waitFor({ state: 'detached', timeout: 6000 });
  expect((await sandbox.snapshot()).epoch).not.toBe(epoch);
  await expect.poll(() => page.locator('.notice').textContent()).toContain('restarted');
  await untilLive(page);
}

/** Check 5: after so many restarts one socket is open, and the heap is what it was. */
export async function checkRestarts(sandbox: WatchedSandbox, args: readonly string[], times: number): Promise<void> {
  const counted = await CountedPage.open(sandbox);
  const before = await heapBytes(counted.page);
  for (let round = 0; round < times; round++) await killAndRestart(sandbox, counted.page, args);
  await expect.poll(() => counted.sockets).toBe(1);
  const growth = (await heapBytes(counted.page)) - before;
  console.log(`heap: ${(growth / 1e6).toFixed(2)} MB more after ${times} restarts`);
  expect(growth).toBeLessThan(MOST_GROWTH);
  await counted.page.context().close();
}

/** Check 6: a reader stands still for so long while the cluster changes, and then has the API's state within 2 s. */
export async function checkStandStill(sandbox: WatchedSandbox, milliseconds: number): Promise<void> {
  const reader = new FollowingReader(sandbox);
  await expect.poll(() => reader.state !== undefined, JOINED).toBe(true);
  // The same changes with a reader that reads: what the server's heap grows by anyway is not what waits for a reader.
  const usual = await growthDuringChanges(sandbox, milliseconds);
  reader.standStill();
  const growth = await growthDuringChanges(sandbox, milliseconds);
  console.log(
    `server: ${growth.toFixed(1)} MB more while a reader stood still for ${milliseconds / 1000} s, ${usual.toFixed(1)} MB while it read`,
  );
  expect(growth - Math.max(0, usual)).toBeLessThan(20);
  reader.readAgain();
  const from = performance.now();
  await expect
    .poll(async () => sameObjects(reader, await sandbox.snapshot()), { timeout: 2000, interval: 50 })
    .toBe(true);
  console.log(`the reader has the state of the API after ${(performance.now() - from).toFixed(0)} ms`);
  reader.stop();
}

/** What the server's memory grows by, in megabytes, while the cluster changes for so long. */
async function growthDuringChanges(sandbox: WatchedSandbox, milliseconds: number): Promise<number> {
  const before = residentMegabytes(sandbox.pid);
  const end = performance.now() + milliseconds;
  for (let i = 0; performance.now() < end; i++) {
    await scale(sandbox, 2 + (i % 4));
    await wait(500);
  }
  await scale(sandbox, 1);
  return residentMegabytes(sandbox.pid) - before;
}

function sameObjects({ state }: FollowingReader, { objects }: { objects: WireObject[] }): boolean {
  const sorted = (all: Iterable<WireObject>) =>
    [...all]
      .map((object) => JSON.stringify(object))
      .sort()
      .join();
  return sorted(state?.objects.values() ?? []) === sorted(objects);
}

/** A tab that is hidden: a page of its own, since when. */
export interface HiddenTab {
  readonly page: Page;
  readonly since: number;
}

export async function hideTab(sandbox: WatchedSandbox): Promise<HiddenTab> {
  const { page } = await sandbox.openIn(await sandbox.browser.newContext({ viewport: LAPTOP }));
  await untilLive(page);
  await hide(page, true);
  return { page, since: performance.now() };
}

/** Check 9: once it has been hidden for so long the server rests; seen again, its counters are the API's within a second. */
export async function checkHidden(sandbox: WatchedSandbox, tab: HiddenTab, milliseconds: number): Promise<void> {
  await wait(Math.max(0, tab.since + milliseconds - performance.now()));
  await sandbox.event('reader', ({ what }) => what === 'paused');
  const shows = async () =>
    (await tab.page.locator('.split__facts').textContent())?.includes(drawsOf(await sandbox.split()));
  await expect.poll(shows).toBe(false);
  // What is counted must stand still to be compared.
  await sandbox.call('DELETE', `/load/${(await sandbox.snapshot()).load[0]?.id}`);
  await hide(tab.page, false);
  const from = performance.now();
  await expect.poll(shows, { timeout: 1000, interval: 50 }).toBe(true);
  console.log(`the counters are those of the API ${(performance.now() - from).toFixed(0)} ms after the tab is seen`);
  await sandbox.event('reader', ({ what }) => what === 'resumed');
  await tab.page.context().close();
}

function drawsOf({ n, canary }: SplitRow): string {
  return `${canary.toLocaleString('en-US')} of ${n.toLocaleString('en-US')} draws`;
}

/** Readers that have their snapshot. */
export async function startReaders(sandbox: WatchedSandbox, count: number): Promise<FollowingReader[]> {
  const readers = Array.from({ length: count }, () => new FollowingReader(sandbox));
  await expect.poll(() => readers.every(({ state }) => state !== undefined), JOINED).toBe(true);
  return readers;
}

/** Changes something: every reader has reached the revision, within a second of one another. */
export async function expectSameRevision(
  sandbox: WatchedSandbox,
  readers: readonly FollowingReader[],
  replicas: number,
): Promise<void> {
  const { rev } = (await (await scale(sandbox, replicas)).json()) as { rev: number };
  await expect.poll(() => readers.every(({ state }) => (state?.rev ?? 0) >= rev), { timeout: 10_000 }).toBe(true);
  const times = readers.map(({ reachedAt }) => [...reachedAt].find(([each]) => each >= rev)?.[1] ?? Number.NaN);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1000);
}

/** Share of a core that so many readers cost the server, above what it uses without them. */
export async function costOfReaders(
  sandbox: WatchedSandbox,
  count: number,
  milliseconds: number,
): Promise<{ readers: FollowingReader[]; share: number }> {
  const idle = await processorShare(sandbox.pid, milliseconds);
  const readers = await startReaders(sandbox, count);
  const share = (await processorShare(sandbox.pid, milliseconds)) - idle;
  console.log(
    `server: ${(100 * idle).toFixed(1)} % of a core without them, ${(100 * share).toFixed(1)} % more with ${count} readers`,
  );
  return { readers, share };
}
