import type { FeedMessage } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import {
  checkHidden,
  checkRestarts,
  checkStandStill,
  costOfReaders,
  expectSameRevision,
  type HiddenTab,
  hideTab,
  killAndRestart,
  untilLive,
} from './testing/feed-checks.ts';
import { collectSpans, percentile, takeSpans } from './testing/page-probes.ts';
import { LAPTOP, WatchedSandbox } from './testing/watched-sandbox.ts';

/** A tab that is hidden for half a minute lets the server rest. */
const HIDDEN_MS = 31_000;
const SEED = ['--seed', '21'];

describe.skipIf(!available('chromium'))('the feed in a browser', () => {
  let sandbox: WatchedSandbox;
  let hidden: HiddenTab;

  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(SEED);
    await sandbox.event('settled', ({ ok }) => ok === true);
    hidden = await hideTab(sandbox);
  });
  afterAll(() => sandbox?.close());

  const scale = (replicas: number) => sandbox.call('POST', '/scale', { name: 'netflix-frontend', replicas });

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

  /** Writes a line on top of the manifest in a page's editor, and applies nothing. */
  async function draft(page: Page): Promise<void> {
    await page.getByRole('tab', { name: /YAML/ }).click();
    await page.locator('.cm-content').waitFor();
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# mine\n');
    await expect.poll(() => marksOf(page)).toContain('not applied');
  }
  const marksOf = (page: Page) => page.locator('.yaml__file').textContent();
  /** The tab's drafts, texts and all. */
  const keptDrafts = (page: Page) => page.evaluate(() => sessionStorage.getItem('drafts'));
  const firstLine = (page: Page) => page.locator('.cm-line').first().textContent();

  test('check 4: a delta that is lost on the way is noticed, and the objects are those of the API again within a second', async () => {
    const context = await sandbox.browser.newContext();
    const page = await context.newPage();
    let drop = false;
    let droppedAt = 0;
    await page.routeWebSocket(/\/api\/v1\/feed/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((text) => {
        const message = JSON.parse(String(text)) as FeedMessage;
        if (drop && message.t === 'd' && message.ops.length > 0) {
          drop = false;
          droppedAt = performance.now();
        } else socket.send(text);
      });
    });
    await page.goto(`${sandbox.control}/?token=${sandbox.token}`);
    await untilLive(page);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    const resynced = page.waitForResponse(/\/api\/v1\/snapshot$/).then(() => performance.now());
    drop = true;
    await scale(3);
    await expect.poll(() => droppedAt).toBeGreaterThan(0);
    expect((await resynced) - droppedAt).toBeLessThan(1000);
    const wanted = await endpoints();
    expect(wanted).toContain('netflix-frontend: 3/3');
    await expect.poll(() => endpointsShown(page)).toEqual(wanted);
    await scale(1);
    await context.close();
  });

  test('check 6: a reader that stood still has the state of the API within 2 s, and the server did not grow', () =>
    checkStandStill(sandbox, 8000));

  test('check 7: forty readers and a browser: every one at the same revision within a second, for a quarter of a core at most', {
    retry: 2,
  }, async () => {
    const { page } = await sandbox.open();
    await page.addInitScript(collectSpans);
    await page.reload();
    await untilLive(page);
    const { readers, share } = await costOfReaders(sandbox, 40, 8000);
    expect(share).toBeLessThan(0.25);
    await expectSameRevision(sandbox, readers, 2);
    for (const reader of readers) reader.stop();
    const ticks = Object.values(await takeSpans(page)).flat();
    console.log(`own work of the page: ${ticks.length} pieces, p95 ${percentile(ticks, 0.95).toFixed(1)} ms`);
    expect(percentile(ticks, 0.95)).toBeLessThan(16);
    await scale(1);
  });

  test('check 8: what one tab applies, the other shows within half a second, beside its own draft', async () => {
    const context = await sandbox.browser.newContext({ viewport: LAPTOP });
    const a = await sandbox.openIn(context);
    const b = await sandbox.openIn(context);
    await Promise.all([untilLive(a.page), untilLive(b.page)]);
    await draft(b.page);
    const before = await keptDrafts(b.page);
    expect(before).toContain('# mine');
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
    await expect.poll(() => marksOf(b.page)).toContain('cluster changed');
    expect(await marksOf(b.page)).toContain('not applied');
    expect(await firstLine(b.page)).toBe('# mine');
    expect(await keptDrafts(b.page)).toBe(before);
    await context.close();
  });

  test('check 9: a tab that nobody saw for half a minute lets the server rest, and has its counters within a second when seen', () =>
    checkHidden(sandbox, hidden, HIDDEN_MS));

  test('check 3: killed and started again: said within 3 s, frozen, live again within 6 s without a reload, and the draft is there', async () => {
    const { page } = await sandbox.open();
    await untilLive(page);
    await draft(page);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await killAndRestart(sandbox, page, SEED);
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    expect(await firstLine(page)).toBe('# mine');
    expect(await marksOf(page)).toContain('not applied');
  });

  test('check 5: killed and started again there is one socket, and the heap is what it was', () =>
    checkRestarts(sandbox, SEED, 2));
});
