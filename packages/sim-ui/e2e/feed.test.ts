import type { FeedMessage, WireObject } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { FollowingReader } from './testing/following-reader.ts';
import { collectSpans, heapBytes, hide, percentile, takeSpans } from './testing/page-probes.ts';
import { processorShare, residentMegabytes } from './testing/process.ts';
import { LAPTOP, type Visit, WatchedSandbox } from './testing/watched-sandbox.ts';

/** A tab that is hidden for so long lets the server rest. */
const HIDDEN_MS = 31_000;

describe.skipIf(!available('chromium'))('the feed in a browser', () => {
  let sandbox: WatchedSandbox;
  let hidden: Visit;
  let hiddenAt: number;
  const readers: FollowingReader[] = [];

  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['--seed', '21']);
    await sandbox.event('settled', ({ ok }) => ok === true);
    hidden = await sandbox.openIn(await sandbox.browser.newContext({ viewport: LAPTOP }));
    await live(hidden.page);
    await hide(hidden.page, true);
    hiddenAt = performance.now();
  });
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });
  afterAll(() => sandbox?.close());

  const live = (page: Page) => page.locator('.freshness[data-state="live"]').waitFor({ timeout: 10_000 });
  const scale = (replicas: number) => sandbox.call('POST', '/scale', { name: 'netflix-frontend', replicas });

  /** Readers that have their snapshot. */
  async function reading(count: number): Promise<FollowingReader[]> {
    const started = Array.from({ length: count }, () => new FollowingReader(sandbox));
    readers.push(...started);
    await expect.poll(() => started.every(({ state }) => state !== undefined), { timeout: 20_000 }).toBe(true);
    return started;
  }

  /** `ready/all` endpoints of each Service, as the API has them. */
  async function endpoints(): Promise<string[]> {
    const { objects } = await sandbox.snapshot();
    const shown = objects.flatMap((object) =>
      object.kind === 'Service' && object.name.startsWith('netflix-')
        ? `${object.name}: ${object.endpoints.filter(({ ready }) => ready).length}/${object.endpoints.length}`
        : [],
    );
    return shown.sort();
  }

  /** The same, as the list view of a page has them. */
  async function endpointsShown(page: Page): Promise<string[]> {
    const names = await page.locator('.stations .link bdi').allTextContents();
    return names.flatMap((name) => /^Endpoints of (.+: \d+\/\d+)/.exec(name)?.[1] ?? []).sort();
  }

  test('check 4: a delta that is lost on the way is noticed, and the objects are those of the API again within a second', async () => {
    const context = await sandbox.browser.newContext();
    const page = await context.newPage();
    let drop = false;
    let dropped = 0;
    await page.routeWebSocket(/\/api\/v1\/feed/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((text) => {
        const message = JSON.parse(String(text)) as FeedMessage;
        if (drop && message.t === 'd' && message.ops.length > 0) {
          drop = false;
          dropped += 1;
        } else socket.send(text);
      });
    });
    await page.goto(`${sandbox.control}/?token=${sandbox.token}`);
    await live(page);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    drop = true;
    await scale(3);
    await expect.poll(() => dropped).toBe(1);
    const wanted = await endpoints();
    expect(wanted).toContain('netflix-frontend: 3/3');
    await expect.poll(() => endpointsShown(page), { timeout: 1500 }).toEqual(wanted);
    await scale(1);
    await context.close();
  });

  test('check 6: a reader that stood still has the state of the API within 2 s, and the server did not grow', async () => {
    const [reader] = await reading(1);
    const before = residentMegabytes(sandbox.pid);
    reader!.standStill();
    const end = performance.now() + 12_000;
    for (let i = 0; performance.now() < end; i++) {
      await scale(2 + (i % 4));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await scale(1);
    expect(residentMegabytes(sandbox.pid) - before).toBeLessThan(20);
    reader!.readAgain();
    await expect.poll(async () => sameObjects(reader!, await sandbox.snapshot()), { timeout: 2000 }).toBe(true);
  });

  function sameObjects({ state }: FollowingReader, { objects }: { objects: WireObject[] }): boolean {
    const sorted = (all: Iterable<WireObject>) =>
      [...all]
        .map((object) => JSON.stringify(object))
        .sort()
        .join();
    return sorted(state?.objects.values() ?? []) === sorted(objects);
  }

  test('check 7: forty readers and a browser: every one at the same revision within a second, for a quarter of a core at most', async () => {
    const { page } = await sandbox.open();
    await page.addInitScript(collectSpans);
    await page.reload();
    await live(page);
    const idle = await processorShare(sandbox.pid, 4000);
    const all = await reading(40);
    const busy = await processorShare(sandbox.pid, 8000);
    console.log(
      `server: ${(100 * idle).toFixed(1)} % of a core with one page, ${(100 * busy).toFixed(1)} % with 40 readers more`,
    );
    expect(busy - idle).toBeLessThan(0.25);
    const { rev } = (await (await scale(2)).json()) as { rev: number };
    await expect.poll(() => all.every(({ state }) => (state?.rev ?? 0) >= rev), { timeout: 5000 }).toBe(true);
    const { reachedAt: first } = all[0]!;
    const final = [...first.keys()].find((each) => each >= rev) as number;
    const times = all.map(({ reachedAt }) => reachedAt.get(final) ?? Number.POSITIVE_INFINITY);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1000);
    const ticks = Object.values(await takeSpans(page)).flat();
    console.log(`own work of the page: ${ticks.length} pieces, p95 ${percentile(ticks, 0.95).toFixed(1)} ms`);
    expect(percentile(ticks, 0.95)).toBeLessThan(16);
    await scale(1);
  });

  test('check 8: what one tab applies, the other shows within half a second', async () => {
    const context = await sandbox.browser.newContext({ viewport: LAPTOP });
    const a = await sandbox.openIn(context);
    const b = await sandbox.openIn(context);
    await Promise.all([live(a.page), live(b.page)]);
    await b.page.evaluate(() => {
      const target = document.querySelector('.split__target') as HTMLElement;
      new MutationObserver(() => {
        if (target.textContent?.includes('35')) performance.mark('seen');
      }).observe(target, { subtree: true, childList: true, characterData: true });
    });
    await a.page.getByLabel('Canary weight, as a number').fill('35');
    const answered = a.page.waitForResponse((response) => response.url().endsWith('/weight'));
    await a.page.getByRole('button', { name: 'Apply', exact: true }).first().click();
    const origin = await b.page.evaluate(() => performance.timeOrigin);
    await answered;
    const applied = Date.now();
    await expect.poll(() => b.page.evaluate(() => performance.getEntriesByName('seen').length)).toBeGreaterThan(0);
    const seen =
      origin + (await b.page.evaluate(() => performance.getEntriesByName('seen')[0]?.startTime ?? Number.NaN));
    expect(seen - applied).toBeLessThan(500);
    await context.close();
  });

  test('check 9: a tab that nobody saw for half a minute lets the server rest, and has its counters within a second when seen', async () => {
    const left = hiddenAt + HIDDEN_MS - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    await sandbox.event('reader', ({ what }) => what === 'paused');
    await hide(hidden.page, false);
    await sandbox.event('reader', ({ what }) => what === 'resumed');
    await sandbox.call('DELETE', `/load/${(await sandbox.snapshot()).load[0]?.id}`);
    await expect
      .poll(
        async () => {
          const { n, canary } = await sandbox.split();
          return (await hidden.page.locator('.split__facts').textContent())?.includes(`${canary} of ${n} draws`);
        },
        { timeout: 1500, interval: 100 },
      )
      .toBe(true);
    await hidden.context.close();
  });

  describe('of a server that is killed', () => {
    let page: Page;
    let open = 0;
    let heap = 0;

    beforeAll(async () => {
      const context = await sandbox.browser.newContext({ viewport: LAPTOP });
      page = await context.newPage();
      page.on('websocket', (socket) => {
        open += 1;
        socket.on('close', () => {
          open -= 1;
        });
      });
      await page.goto(`${sandbox.control}/?token=${sandbox.token}`);
      await live(page);
      heap = await heapBytes(page);
    });

    async function killAndRestart(): Promise<void> {
      const { epoch } = await sandbox.snapshot();
      await sandbox.kill();
      const banner = page.locator('.lost');
      await banner.waitFor({ timeout: 3000 });
      expect(await banner.textContent()).toContain('frozen at');
      await sandbox.restart(['--seed', '21']);
      await banner.waitFor({ state: 'detached', timeout: 6000 });
      expect((await sandbox.snapshot()).epoch).not.toBe(epoch);
      await expect.poll(() => page.locator('.notice').textContent()).toContain('restarted');
      await live(page);
    }

    test('check 3: the page says so within 3 s, is frozen, and is live again within 6 s without a reload', async () => {
      await page.evaluate(() => Object.assign(window, { isSamePage: true }));
      await killAndRestart();
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    });

    test('check 5: killed and started three times there is one socket, and the heap is what it was', async () => {
      for (let round = 1; round < 3; round++) await killAndRestart();
      await expect.poll(() => open).toBe(1);
      expect((await heapBytes(page)) - heap).toBeLessThan(10_000_000);
    });
  });
});
