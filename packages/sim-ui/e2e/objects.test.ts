import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { LAPTOP, WatchedSandbox } from './testing/watched-sandbox.ts';

describe.skipIf(!available('chromium'))('the tab of all objects', () => {
  let sandbox: WatchedSandbox;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
    ({ page, complaints } = await sandbox.openIn(await sandbox.browser.newContext({ viewport: LAPTOP })));
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page.locator('.objects__row').first().waitFor();
  });
  afterAll(() => sandbox?.close());

  test('shows what the API has, by kind and by a filter', async () => {
    await page.getByLabel('Kind', { exact: true }).selectOption('Pod');
    const { objects } = await sandbox.snapshot();
    const pods = objects.filter(({ kind }) => kind === 'Pod').map(({ name }) => name);
    await expect
      .poll(async () => (await page.locator('.objects__row button').allTextContents()).sort())
      .toEqual(pods.sort());
    await page.getByLabel('Filter', { exact: true }).fill('canary');
    await expect.poll(() => page.locator('.objects__row').count()).toBe(1);
    await page.getByLabel('Filter', { exact: true }).fill('');
    await page.getByLabel('Kind', { exact: true }).selectOption('endpointslices.discovery.k8s.io');
    await page.locator('.objects__row').filter({ hasText: 'netflix-frontend' }).first().waitFor();
  });

  test('an object lights its box, its YAML comes without the server’s notes, and describe tells its events', async () => {
    await page.getByLabel('Kind', { exact: true }).selectOption('Ingress');
    await page.locator('.objects__row button').filter({ hasText: 'canary' }).click();
    await page.locator('.box[data-kind="rule"][data-role="canary"][aria-pressed="true"]').waitFor();
    const text = page.locator('.objects__text');
    await expect.poll(() => text.textContent()).toContain('canary-weight: "5"');
    expect(await text.textContent()).not.toContain('managedFields');
    await page.getByRole('button', { name: /lines that the server keeps/ }).click();
    expect(await text.textContent()).toContain('managedFields');
    await page.getByRole('button', { name: 'Describe' }).click();
    await expect.poll(() => text.textContent()).toContain('Events:');
  });

  test('the arrows walk along the rows, Enter shows one', async () => {
    await page.getByLabel('Kind', { exact: true }).selectOption('');
    await page.locator('.objects__row button[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.objects__row')?.getAttribute('aria-rowindex')))
      .toBe('3');
    await page.keyboard.press('Enter');
    expect(await page.locator('.objects__row[data-chosen]').getAttribute('aria-rowindex')).toBe('3');
    expect(complaints).toEqual([]);
  });
});
