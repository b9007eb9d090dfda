import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

describe.skipIf(!available('chromium'))('the terminal', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());

  async function openTerminal(): Promise<{ page: Page; type(line: string): Promise<void>; log(): Promise<string> }> {
    const { page } = await sandbox.open();
    await page.getByRole('tab', { name: 'Terminal' }).click();
    const line = page.getByRole('textbox', { name: 'Command' });
    return {
      page,
      type: async (text) => {
        await line.fill(text);
        await line.press('Enter');
      },
      log: async () => (await page.getByRole('log').textContent()) ?? '',
    };
  }

  test('check 24: kubectl get ingress -A says what the command line says; an unknown command gives usage and its exit code', async () => {
    const { page, type, log } = await openTerminal();
    await type(
      'kubectl get ingress -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.ingressClassName',
    );
    const own = await sandbox.place.cli(
      'kubectl',
      'get',
      'ingress',
      '-A',
      '-o',
      'custom-columns=NS:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.ingressClassName',
    );
    await expect.poll(log).toContain(own.stdout.trimEnd());
    expect(own.stdout).toContain('canary');
    await type('kubectl get ingress -A');
    await expect.poll(log).toMatch(/default\s+canary\s+nginx\s+k8s-ingressn/);

    await type('kubectl gett pods');
    await expect
      .poll(log)
      .toContain('error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'.slice(0, 45));
    expect(await page.locator('.terminal__exit').last().textContent()).toContain('exit code 1');
    await type('frobnicate');
    await expect.poll(log).toContain('frobnicate: command not found\nThis terminal runs kubectl:');
    await expect.poll(() => page.locator('.terminal__exit').last().textContent()).toContain('exit code 127');
  });

  test('check 24: history and completion by keyboard; the caret leaves by Shift+Tab, and by Tab where nothing is written', async () => {
    const { page, type } = await openTerminal();
    const line = page.getByRole('textbox', { name: 'Command' });
    await type('kubectl get nodes');
    await type('kubectl get svc');
    await line.press('ArrowUp');
    await line.press('ArrowUp');
    expect(await line.inputValue()).toBe('kubectl get nodes');
    await line.press('ArrowDown');
    expect(await line.inputValue()).toBe('kubectl get svc');
    await line.fill('');
    await line.pressSequentially('kubectl desc');
    await line.press('Tab');
    await expect.poll(() => line.inputValue()).toBe('kubectl describe ');
    await line.pressSequentially('ingr');
    await line.press('Tab');
    await expect.poll(() => page.locator('.terminal__offered').textContent()).toContain('ingressclasses');
    await line.pressSequentially('es can');
    await line.press('Tab');
    await expect.poll(() => line.inputValue()).toBe('kubectl describe ingresses canary ');
    await line.press('Shift+Tab');
    expect(await line.evaluate((element) => element === document.activeElement)).toBe(false);
    await line.fill('');
    await line.focus();
    await line.press('Tab');
    expect(await line.evaluate((element) => element === document.activeElement)).toBe(false);
  });

  test('a watch goes on until it is stopped; names lead to the map; what the page does is said as a command', async () => {
    const { page, type, log } = await openTerminal();
    await type('kubectl get deployments -w');
    await expect.poll(log).toContain('netflix-frontend-canary');
    await sandbox.call('POST', '/scale', { namespace: 'default', name: 'netflix-frontend-canary', replicas: 2 });
    await expect.poll(log, { timeout: 10_000 }).toMatch(/netflix-frontend-canary\s+2\/2/);
    await page.getByRole('textbox', { name: 'Command' }).press('Control+c');
    await page.getByRole('button', { name: 'Stop (Ctrl+C)' }).waitFor({ state: 'detached' });
    await type('kubectl get ingress');
    await page
      .locator('.terminal__name', { hasText: /^canary$/ })
      .last()
      .click();
    await expect.poll(() => page.locator('.box[aria-pressed="true"]').getAttribute('data-kind')).toBe('rule');
    await page.getByRole('button', { name: 'Scale to 0' }).click();
    await page.getByRole('tab', { name: 'Terminal' }).click();
    await expect.poll(log).toContain('$ kubectl scale deployment netflix-frontend-canary --replicas=0');
  });
});
