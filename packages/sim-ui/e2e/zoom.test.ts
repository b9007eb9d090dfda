import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

/** What a window of 1366 x 768 leaves of CSS pixels. */
const ZOOMED = [
  { zoom: 200, viewport: { width: 683, height: 384 } },
  { zoom: 400, viewport: { width: 342, height: 192 } },
];

describe.skipIf(!available('chromium'))('zoom', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());

  /** Controls that cannot be scrolled to so that a pointer meets them. */
  const unreachable = (page: Page) =>
    page.evaluate(() => {
      const controls = [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, summary')];
      // Skip links are there for the keyboard alone, and show when it comes to them.
      const isShown = (element: HTMLElement) =>
        !element.matches('.skip') &&
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !element.closest('[inert]');
      return controls.filter(isShown).flatMap((element) => {
        element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        const { left, top, width, height } = element.getBoundingClientRect();
        const met = document.elementFromPoint(left + width / 2, top + height / 2);
        const isMet = met !== null && (element.contains(met) || met.closest('label')?.contains(element) === true);
        return isMet ? [] : [`${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`];
      });
    });

  test.each(ZOOMED)(
    'check 39: $zoom % zoom: one column, and every control of every tab is within reach',
    async ({ viewport }) => {
      const { page } = await sandbox.open({ viewport });
      await page.locator('.lesson').waitFor();
      // What moves by itself must not move away while it is looked at.
      await page.getByRole('button', { name: 'Pause' }).click();
      const tops = await page.evaluate(() =>
        ['.lesson', '.map', '.split', '.workbench'].map(
          (part) => document.querySelector(part)!.getBoundingClientRect().top,
        ),
      );
      expect(tops).toEqual([...tops].sort((a, b) => a - b));
      for (const tab of await page.getByRole('tab').all()) {
        const name = await tab.textContent();
        await tab.click();
        await expect.poll(async () => [name, await unreachable(page)]).toEqual([name, []]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    },
  );

  test.each(ZOOMED)(
    'check 39: $zoom % zoom: a request is explained, the weight applied, a manifest changed, kubectl run',
    {
      timeout: 120_000,
    },
    async ({ viewport }) => {
      const { page } = await sandbox.open({ viewport });
      await page.getByRole('button', { name: 'Send 1', exact: true }).click();
      await page.locator('.hop').first().click();
      await page.getByRole('button', { name: 'Back to live' }).click();
      await page.getByLabel('Canary weight, as a number').fill('30');
      await page.getByRole('button', { name: 'Apply', exact: true }).first().click();
      await expect.poll(() => page.locator('.split__target').textContent()).toContain('30 %');
      await page.getByRole('tab', { name: /YAML/ }).click();
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.insertText('# at this size\n');
      await page.getByRole('button', { name: 'Review and apply' }).click();
      await page.locator('.cm-changedLine').first().waitFor();
      await page
        .locator('.plan')
        .getByRole('button', { name: /^Apply/ })
        .click();
      await expect.poll(() => page.locator('.plan__ok').textContent()).toContain('applied r');
      await page.getByRole('tab', { name: /Terminal/ }).click();
      await page.getByRole('textbox', { name: 'Command' }).fill('kubectl get ingress canary');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByRole('log').textContent()).toMatch(/canary\s+nginx/);
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await page.locator('dialog[open]').waitFor();
      await page.keyboard.press('Escape');
      await sandbox.call('POST', '/reset', {});
    },
  );
});
