import type { WireDeviation } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { LAPTOP, WatchedSandbox } from './testing/watched-sandbox.ts';

describe.skipIf(!available('chromium'))('the page of a real sandbox', () => {
  let sandbox: WatchedSandbox;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    sandbox = await WatchedSandbox.start();
    ({ page, complaints } = await sandbox.openIn(await sandbox.browser.newContext({ viewport: LAPTOP })));
  });
  afterAll(() => sandbox?.close());

  const draws = (): Promise<string | null> => page.locator('.split__facts bdi').first().textContent();

  test('the link leaves no token in the address; traffic flows by itself', async () => {
    await expect.poll(() => page.url()).toBe(`${sandbox.control}/`);
    await page
      .locator('.box[data-kind="pod"][data-role="canary"] .box__number:not(:empty)')
      .waitFor({ timeout: 15_000 });
    expect(complaints).toEqual([]);
  });

  test('the badge says what is simulated; behind it stands every difference that the API knows, by area', async () => {
    const name = 'Simulated: images do not run; ingress-nginx v1.15.1 rules; NLB ready in 1 s (on AWS: minutes)';
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Where this differs from a real cluster' });
    await dialog.locator('h3').first().waitFor();
    expect(asked.filter((path) => path === '/api/v1/deviations')).toHaveLength(1);
    const known = await sandbox.api<WireDeviation[]>('/deviations');
    const shown = await dialog
      .locator('section')
      .evaluateAll((sections) =>
        sections.flatMap((section) =>
          [...section.querySelectorAll('li')].map((line) => [section.querySelector('h3')!.textContent, line.id]),
        ),
      );
    expect(shown.sort()).toEqual(known.map(({ area, id }) => [area, `limit-${id}`]).sort());
    for (const { what, why, vectors } of known)
      for (const part of [what, why, ...vectors])
        expect(await dialog.textContent()).toContain(part.replaceAll('`', ''));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test('share, draws and interval are those of the API', async () => {
    await expect.poll(async () => (await sandbox.split()).n, { timeout: 15_000 }).toBeGreaterThan(110);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    const { n, canary, wilson95 } = await sandbox.split();
    await expect.poll(draws).toBe(`${canary} of ${n} draws`);
    expect(await page.locator('.split__share').textContent()).toBe(`${((100 * canary) / n).toFixed(2)} %`);
    const [low, high] = wilson95!.map((fraction) => (fraction * 100).toFixed(2));
    expect(await page.locator('.split__facts').textContent()).toContain(`95 %: ${low} to ${high}`);
  });

  test('Send 1 is explained at once, and names the pod that answered', async () => {
    await page.getByRole('button', { name: 'Send 1', exact: true }).click();
    const trace = page.getByRole('article');
    await trace.locator('.hop').first().waitFor();
    const id = /#(\d+)/.exec((await trace.textContent()) ?? '')?.[1];
    const record = await sandbox.api<{ pod: string; service: string; summary: string }>(`/traces/${id}`);
    const text = await trace.textContent();
    expect(text).toContain(record.summary);
    expect(text).toContain(record.pod);
    expect(text).toContain(`Why ${record.service.split('/').at(-1)}?`);
    await trace.getByRole('button', { name: 'Back to live' }).click();
  });

  test('What if: the server says where another request would go, and the map shows its way until it is forgotten', async () => {
    await page.getByRole('button', { name: 'Send 1', exact: true }).click();
    const trace = page.getByRole('article');
    const form = trace.getByRole('form', { name: 'What if this request were another' });
    const lit = () =>
      page.locator('.box[data-shown="lit"]').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-id')));
    await form.waitFor();
    const own = await lit();
    await form.getByLabel('Host').fill('nowhere.test');
    await form.getByLabel('Header').fill('canary always');
    await form.getByRole('button', { name: 'Ask' }).click();
    await expect.poll(() => form.getByRole('alert').textContent()).toContain('“canary always” is not a header');
    await form.getByLabel('Header').fill('canary: always');
    await form.getByLabel('Cookie').fill('a=b');
    await form.getByLabel('Method').selectOption('POST');
    await form.getByRole('button', { name: 'Ask' }).click();
    const answer = trace.locator('.whatif__answer');
    await answer.waitFor();
    expect(await form.getByRole('alert').count()).toBe(0);
    const url = `http://nowhere.test${await form.getByLabel('Path').inputValue()}`;
    const question = { method: 'POST', url, headers: { canary: 'always', Cookie: 'a=b' } };
    const explained = await sandbox.call('POST', '/explain', question);
    const { summary } = (await explained.json()) as { summary: string };
    expect(await answer.textContent()).toContain(summary);
    expect(await lit()).not.toEqual(own);
    await answer.getByRole('button', { name: 'Show its own way' }).click();
    await expect.poll(lit).toEqual(own);
    await trace.getByRole('button', { name: 'Back to live' }).click();
  });

  test('Send 100 with a header adds a hundred draws', async () => {
    const before = (await sandbox.split()).n;
    await page.getByRole('textbox', { name: 'Headers, one a line' }).fill('FOO: bar');
    await page.getByRole('button', { name: 'Send 100' }).click();
    await expect.poll(async () => (await sandbox.split()).n).toBe(before + 100);
    await expect.poll(draws).toContain(`of ${before + 100} draws`);
  });

  test('the weight is applied, its line flashes and stands in the draft', async () => {
    await page.getByLabel('Canary weight, as a number').fill('30');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => page.locator('.codeline[data-flash]').textContent()).toContain('canary-weight: "30"');
    expect(await sandbox.split()).toMatchObject({ weight: 30, n: 0 });
    await expect.poll(() => page.locator('.split__share').textContent()).toBe('—');
    await page.locator('.codeline').click();
    await expect.poll(() => page.locator('.cm-line.cm-flash').textContent()).toContain('canary-weight: "30"');
  });

  test('a canary that is scaled to nothing is a problem with a line, and its requests go to the main Service', async () => {
    await page.getByRole('button', { name: 'Scale to 0' }).click();
    await expect
      .poll(() => page.locator('.box[data-id^="endpoints:"][data-role="canary"]').textContent())
      .toBe('0/0none');
    await page.getByRole('tab', { name: /Problems/ }).click();
    await expect.poll(() => page.locator('.problem').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Scale back' }).click();
    await expect
      .poll(() => page.locator('.box[data-id^="endpoints:"][data-role="canary"]').textContent())
      .toBe('1/1ready');
  });

  test('without the link there is a page that says what to do', async () => {
    const stranger = await sandbox.browser.newPage();
    await stranger.goto(sandbox.control);
    await expect.poll(() => stranger.locator('h1').textContent()).toBe('Open the link printed in the terminal');
  });
});
