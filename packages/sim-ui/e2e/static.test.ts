import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SplitRow } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildStatic } from '../../../scripts/build/build-static.ts';
import { launchChromium } from '../../../test/support/browser.ts';
import { available } from '../../../test/support/tools.ts';
import { PROJECT, Workspace } from '../../../test/support/workspace.ts';
import { serveBuilt } from './testing/built-site.ts';
import { paste } from './testing/paste.ts';

const hasBrowser = available('chromium');
// As with the command line, building comes before what is tested, and has no time limit: on a busy machine it takes a minute.
const site = hasBrowser ? await serveBuilt(buildStatic, { base: '/some/folder/' }) : undefined;

describe.skipIf(!hasBrowser)('the page with its engine in it', () => {
  const url = site?.url ?? '';
  const place = new Workspace();
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    page = await (await browser.newContext({ viewport: { width: 1366, height: 900 } })).newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await place.clear();
  });

  test('runs the canary by itself: an address, traffic, a trace, a change of weight', async () => {
    await page
      .locator('.box[data-kind="pod"][data-role="canary"] .box__number:not(:empty)')
      .waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Send 1', exact: true }).click();
    await page.getByRole('article').locator('.hop').first().waitFor();
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.getByLabel('Canary weight, as a number').fill('30');
    await page.getByRole('button', { name: 'Apply', exact: true }).first().click();
    await expect.poll(() => page.locator('.split__target').textContent()).toContain('30 %');
    expect(complaints).toEqual([]);
  });

  test('ten thousand requests in virtual time have the split that the command line prints for the same seed', async () => {
    await page.getByRole('button', { name: 'Simulate 10,000' }).click();
    await page.locator('.simulated').waitFor({ timeout: 60_000 });
    const shown = await page.locator('.simulated').textContent();
    const printed = await place.cli('simulate', place.scenario('canary'), '--requests', '10000', '--output', 'json');
    const { seed, split } = JSON.parse(printed.stdout) as { seed: string; split: SplitRow[] };
    const [{ canary, n }] = split as [SplitRow];
    expect(shown).toContain(`10,000 requests, seed ${seed}: canary ${canary} of ${n.toLocaleString('en-US')} draws`);
  });

  test('the editor says what the API server would, at the line, and applies what it takes', async () => {
    const text = readFileSync(join(PROJECT, 'scenarios', 'canary.yaml'), 'utf8');
    const withWeight = (weight: string) => text.replace('canary-weight: "5"', `canary-weight: ${weight}`);
    const line = text.split('\n').findIndex((each) => each.includes('canary-weight: "5"')) + 1;
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.locator('.cm-content').waitFor();
    await paste(page, withWeight('5'));
    const problem = page.locator('.plan__problems li');
    await expect.poll(() => problem.locator('.link').allTextContents()).toEqual([`line ${line}`]);
    expect(await problem.textContent()).toContain(
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string',
    );
    await paste(page, withWeight('"40"'));
    await expect.poll(() => page.locator('.plan__objects').allTextContents()).toEqual(['ingress/canary configured']);
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.cm-changedLine').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.locator('.plan__ok').allTextContents()).toEqual([expect.stringContaining('shown on')]);
    await expect.poll(() => page.locator('.box[data-kind="rule"][data-role="canary"]').textContent()).toContain('40 %');
    expect(complaints).toEqual([]);
  });

  test('What if: a request is thought through that nobody sent; nginx.conf is what the controller made of it all', async () => {
    await page.getByRole('button', { name: 'Send 1', exact: true }).click();
    const trace = page.getByRole('article');
    const form = trace.getByRole('form', { name: 'What if this request were another' });
    await form.getByLabel('Host').fill('nowhere.test');
    await form.getByRole('button', { name: 'Ask' }).click();
    await expect
      .poll(() => trace.locator('.whatif__answer').allTextContents())
      .toEqual([expect.stringContaining('nowhere.test')]);
    await trace.getByRole('button', { name: 'Back to live' }).click();
    await page.getByRole('tab', { name: 'nginx.conf' }).click();
    await expect.poll(() => page.locator('.nginx__text').textContent()).toContain('netflix-frontend');
    expect(complaints).toEqual([]);
  });

  test('kubectl runs in the page: objects as YAML and described, logs, and the terminal', async () => {
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page.getByLabel('Kind', { exact: true }).selectOption('Ingress');
    await page.locator('.objects__row button').filter({ hasText: 'canary' }).click();
    const text = page.locator('.objects__text');
    await expect.poll(() => text.textContent()).toContain('canary-weight: "40"');
    await page.getByRole('button', { name: 'Describe' }).click();
    await expect.poll(() => text.textContent()).toContain('Events:');
    await page.getByRole('button', { name: 'Send 100' }).click();
    await page.getByRole('tab', { name: 'Logs' }).click();
    const controller = page.locator('.logs__pod option', { hasText: 'ingress-nginx-controller' }).first();
    await page.locator('.logs__pod select').selectOption((await controller.getAttribute('value')) ?? '');
    await expect.poll(() => page.locator('.logs__log').textContent()).toContain('"GET / HTTP/1.1" 200');
    await page.getByRole('tab', { name: 'Terminal' }).click();
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('kubectl get ingress canary -o name');
    await line.press('Enter');
    const log = page.getByRole('log');
    await expect.poll(() => log.textContent()).toContain('ingress.networking.k8s.io/canary');
    await line.fill('kubectl get pods nobody');
    await line.press('Enter');
    await expect.poll(() => log.textContent()).toContain('Error from server (NotFound): pods "nobody" not found');
    expect(complaints).toEqual([]);
  });

  test('tells where it differs from the original', async () => {
    await page.getByRole('button', { name: 'Simulated:' }).click();
    await page.locator('.limits h3').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.limits').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('asks nobody for anything but its own files', () => {
    expect(asked).toContain(url);
    expect(asked.filter((each) => !each.startsWith(url))).toEqual([]);
  });
});
