import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

describe.skipIf(!available('chromium'))('by keyboard', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());

  test('check 36: by keyboard alone: the lessons, traffic, a trace, YAML, the terminal, and out of both by Shift+Tab', {
    timeout: 120_000,
  }, async () => {
    const { page } = await sandbox.open();
    await page.locator('.box[data-kind="pod"] .box__number:not(:empty)').first().waitFor({ timeout: 15_000 });
    const focused = () =>
      page.evaluate(() => {
        const inner = (element: Element | null): Element | null =>
          element?.shadowRoot ? inner(element.shadowRoot.activeElement) : element;
        const element = inner(document.activeElement) as HTMLElement;
        const ring = element.closest('.cm-editor') ?? element;
        const { outlineWidth, outlineStyle } = getComputedStyle(ring);
        return {
          text: element.getAttribute('aria-label') ?? element.textContent ?? '',
          isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        };
      });
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let i = 0; i < 150; i++) {
        await page.keyboard.press('Tab');
        // Behind the last stop the focus is the browser's own for one step.
        if (await page.evaluate(() => document.activeElement === document.body)) continue;
        await expect.poll(async () => ((await focused()).isSeen ? '' : (await focused()).text)).toBe('');
        const { text } = await focused();
        if (name.test(text)) return;
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    const walkTo = async (tab: string): Promise<void> => {
      while ((await focused()).text !== tab) await page.keyboard.press('ArrowRight');
    };
    await tabTo(/^Lessons: /);
    await page.keyboard.press('Enter');
    await tabTo(/^HTTPS, and nothing else/);
    await page.keyboard.press('Enter');
    await tabTo(/^Back to the list$/);
    await page.keyboard.press('Enter');
    await page.locator('.lessons').waitFor();
    await page.keyboard.press('Escape');
    await tabTo(/^Send 1$/);
    await page.keyboard.press('Enter');
    await page.locator('.hop').first().waitFor();
    await page.keyboard.press('Escape');
    await tabTo(/^Requests$/);
    await walkTo('YAML');
    await page.locator('.cm-content').waitFor();
    await tabTo(/^Text of canary\.yaml/);
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# by keyboard\n');
    await expect.poll(() => page.locator('.yaml__file').textContent()).toContain('not applied');
    await page.keyboard.press('Control+Enter');
    await page.locator('.cm-changedLine').first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.plan__ok').textContent()).toContain('applied r');
    await tabTo(/^Text of canary\.yaml/);
    await page.keyboard.press('Shift+Tab');
    expect((await focused()).text).not.toContain('Text of');
    await tabTo(/^YAML$/);
    await walkTo('Terminal');
    await page.getByRole('textbox', { name: 'Command' }).waitFor();
    await tabTo(/^Command$/);
    await page.keyboard.type('kubectl get ingress canary');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('log').textContent()).toMatch(/canary\s+nginx/);
    await page.keyboard.press('Shift+Tab');
    expect((await focused()).text).not.toBe('Command');
    await sandbox.call('POST', '/reset', {});
  });
});
