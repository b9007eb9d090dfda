import type { LessonState } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const SLOW = { timeout: 10_000 };

describe.skipIf(!available('chromium'))('a lesson', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());
  afterEach(() => sandbox.call('POST', '/reset', {}));

  const weight = (page: Page) => page.locator('.objective').nth(1);
  const resultOf = (page: Page) => weight(page).getAttribute('data-result');

  async function undone(page: Page): Promise<void> {
    await sandbox.call('POST', '/reset', {});
    await expect.poll(() => resultOf(page), SLOW).toBe('not-yet');
    expect(await weight(page).textContent()).toContain('canary-weight is 5, not 20.');
  }

  test('check 26: YAML, terminal and GUI turn the same objective green; undoing it takes it back, with the reason', async () => {
    const { page } = await sandbox.open();
    await expect.poll(() => resultOf(page), SLOW).toBe('not-yet');

    await page.getByLabel('Canary weight, as a number').fill('20');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(() => resultOf(page), SLOW).toBe('pass');
    await undone(page);

    await page.getByRole('tab', { name: 'Terminal' }).click();
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('kubectl annotate ingress canary nginx.ingress.kubernetes.io/canary-weight=20 --overwrite');
    await line.press('Enter');
    await expect.poll(() => resultOf(page), SLOW).toBe('pass');
    await undone(page);

    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.locator('.cm-content').focus();
    const { files } = await sandbox.snapshot();
    await page.keyboard.press('Control+A');
    await page.locator('.cm-content').evaluate((content, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, files[0]?.text.replace('canary-weight: "5"', 'canary-weight: "20"') ?? '');
    await page.keyboard.press('Control+Enter');
    await page.locator('.cm-changedLine').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => resultOf(page), SLOW).toBe('pass');
    await undone(page);
  });

  test('the whole lesson: traffic and header objectives too; the panel says it is done and what is next', async () => {
    const { page } = await sandbox.open();
    const text = (await sandbox.snapshot()).files[0]?.text ?? '';
    const solved = text.replace(
      /( +)nginx\.ingress\.kubernetes\.io\/canary-weight: "5".*/,
      '$1nginx.ingress.kubernetes.io/canary-weight: "20"\n$1nginx.ingress.kubernetes.io/canary-by-header: canary',
    );
    await sandbox.call('POST', '/apply', { files: [{ file: 'canary.yaml', text: solved }] });
    await sandbox.call('POST', '/send', { count: 1000 });
    await sandbox.call('POST', '/send', { count: 1000 });
    await page.locator('.lesson__done').waitFor({ timeout: 15_000 });
    expect(await page.locator('.lesson__done').textContent()).toContain('canary-header');
    const { objectives } = await sandbox.api<LessonState>('/lesson');
    expect(objectives.map(({ result }) => result)).toEqual(objectives.map(() => 'pass'));
  });

  test('check 27: a checker that cannot be reached is “could not check”, never “not yet”', async () => {
    const { page } = await sandbox.open();
    await expect.poll(() => resultOf(page), SLOW).toBe('not-yet');
    await page.route('**/api/v1/lesson', (route) => route.abort());
    await page.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => resultOf(page), SLOW).toBe('could-not-check');
    expect(await page.locator('.lesson').textContent()).not.toContain('Not yet');
    await page.unroute('**/api/v1/lesson');
    await page.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => resultOf(page), SLOW).toBe('not-yet');
  });

  test('hints come one after the other, from a nudge to the command', async () => {
    const { page } = await sandbox.open();
    await page.getByRole('button', { name: 'Hint 1 of 3' }).click();
    await page.getByRole('button', { name: 'Hint 2 of 3' }).click();
    await page.getByRole('button', { name: 'Hint 3 of 3' }).click();
    expect(await page.locator('.objective__hint').last().textContent()).toContain('kubectl annotate ingress canary');
  });
});
