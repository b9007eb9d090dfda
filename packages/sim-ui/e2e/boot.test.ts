import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { checkTour } from './testing/tour-check.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

/** Runs in the page: notes when its headings were painted, counted from the click on the link. */
function markHeadings(): void {
  const look = (): void => {
    if (document.querySelectorAll('.map__heading').length < 8) requestAnimationFrame(look);
    else requestAnimationFrame(() => performance.mark('headings'));
  };
  requestAnimationFrame(look);
}

describe.skipIf(!available('chromium'))('boot', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['--seed', '21']);
  });
  afterAll(() => sandbox?.close());

  test('check 1: the map is painted within 1.5 s with all eight headings, and no dialog is open', async () => {
    const context = await sandbox.browser.newContext();
    // The first page of a browser pays for the browser's own start.
    await (await context.newPage()).goto('about:blank');
    await context.addInitScript(markHeadings);
    const { page } = await sandbox.openIn(context);
    await expect.poll(() => page.locator('.map__heading:visible').count()).toBe(8);
    expect(await page.evaluate(() => performance.getEntriesByName('headings')[0]?.startTime)).toBeLessThan(1500);
    expect(await page.locator('dialog[open], :popover-open').count()).toBe(0);
    await context.close();
  });

  test('check 2: nothing outside of the sandbox is asked for anything, and with all other hosts blocked the page works', () =>
    checkTour(sandbox, 0));
});
