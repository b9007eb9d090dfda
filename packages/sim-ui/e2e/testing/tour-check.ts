import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { LAPTOP, type WatchedSandbox } from './watched-sandbox.ts';

/** Check 2: somebody looks at everything, at least once and for so long; only the sandbox is asked, all others are blocked. */
export async function checkTour(sandbox: WatchedSandbox, milliseconds: number): Promise<void> {
  const context = await sandbox.browser.newContext({ viewport: LAPTOP });
  const { host } = new URL(sandbox.control);
  await context.route(
    (url) => url.host !== host,
    (route) => route.abort(),
  );
  const { page, hosts, complaints } = await sandbox.openIn(context);
  const end = performance.now() + milliseconds;
  do {
    for (const tab of await page.getByRole('tab').all()) await tab.click();
    for (const dialog of ['Share', 'Settings', 'Keys']) await openAndClose(page, dialog);
    for (const form of ['List', 'Map']) await page.getByRole('button', { name: form, exact: true }).click();
    await page.getByRole('tab', { name: /Requests/ }).click();
    await page.locator('.row').first().waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Send 1', exact: true }).click();
    await page.locator('.hop').first().waitFor();
    await page.keyboard.press('Escape');
  } while (performance.now() < end);
  expect([...hosts]).toEqual([host]);
  expect(complaints).toEqual([]);
  await context.close();
}

async function openAndClose(page: Page, dialog: string): Promise<void> {
  await page.getByRole('button', { name: dialog, exact: true }).click();
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}
