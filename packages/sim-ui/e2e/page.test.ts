import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../../test/support/browser.ts';
import { available } from '../../../test/support/tools.ts';
import { type DemoPage, serveDemoPage } from './testing/demo-page.ts';

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1366, height: 625 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const LIVE = '.box[data-kind="pod"][data-role="canary"] .box__number:not(:empty)';

describe.skipIf(!available('chromium'))('the page over a demo cluster', () => {
  let demo: DemoPage;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemoPage(), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    demo.close();
  });

  /** Opens the page; what its console complained about is in `complaints`, whom it asked in `hosts`. */
  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[]; hosts: Set<string> }> {
    const context = await browser.newContext({ viewport: SIZES[0]!, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(demo.url);
    return { page, complaints, hosts };
  }

  test('pending with a countdown, then an address, then traffic; nothing breaks the security policy, nobody else is asked', async () => {
    const { page, complaints, hosts } = await open();
    const balancer = page.locator('.box[data-kind="load-balancer"]');
    await expect.poll(() => balancer.textContent()).toMatch(/<pending>the cloud is making it\d\.\d\ss/);
    await expect.poll(() => balancer.textContent(), { timeout: 8000 }).toContain('k8s-ingressn-ingressn-65f99d2d5a');
    await page.locator(LIVE).waitFor();
    expect(await page.locator('.map__heading').allTextContents()).toEqual([
      'Client',
      'Load balancer',
      'Node:port',
      'Controller',
      'Rule',
      'Service',
      'Endpoints',
      'Pods',
    ]);
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(demo.url).host]);
    await page.context().close();
  });

  test.each(SIZES)('$width x $height: no page scroll, no box over another, no name cut off', async (viewport) => {
    const { page } = await open({ viewport });
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    const found = await page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      const boxes = [...document.querySelectorAll('.box')].map((box) => ({ box, place: box.getBoundingClientRect() }));
      const overlapping = boxes.flatMap(({ place: a, box }, i) =>
        boxes
          .slice(i + 1)
          .filter(({ place: b }) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          .map((other) => `${box.textContent} / ${other.box.textContent}`),
      );
      const outside = [...document.querySelectorAll('.side .panel, .map, .workbench')].filter((panel) => {
        const { right, bottom } = panel.getBoundingClientRect();
        return right > innerWidth || bottom > innerHeight;
      });
      const cut = [...document.querySelectorAll('.box:not([data-kind="load-balancer"]) .box__name')].filter(
        (name) => name.scrollHeight > name.clientHeight + 2 || name.scrollWidth > name.clientWidth + 1,
      );
      return {
        scroll: [scrollWidth - innerWidth, scrollHeight - innerHeight],
        overlapping,
        outside: outside.map(({ className }) => className),
        cut: cut.map(({ textContent }) => textContent),
      };
    });
    expect(found).toEqual({ scroll: [0, 0], overlapping: [], outside: [], cut: [] });
    await page.context().close();
  });

  test('one column below 1000 px and at 200 % zoom, without scrolling sideways', async () => {
    for (const viewport of [
      { width: 800, height: 1000 },
      { width: 683, height: 384 },
      { width: 360, height: 740 },
    ]) {
      const { page } = await open({ viewport });
      await page.locator('.map').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      const tops = await page.evaluate(() =>
        ['.map', '.split', '.workbench'].map((part) => document.querySelector(part)?.getBoundingClientRect().top ?? 0),
      );
      expect(tops).toEqual([...tops].sort((a, b) => a - b));
      await page.context().close();
    }
  });

  test('a request is explained: its way lights up, the draw is shown, the line is one click away', async () => {
    const { page } = await open();
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Canary', exact: true }).click();
    await page.locator('.row').first().click();
    const trace = page.getByRole('article');
    await expect.poll(() => trace.textContent()).toContain('Why netflix-frontend-canary?');
    expect(await trace.textContent()).toMatch(/drew \d of 100, ≤ 5 → canary/);
    const dim = await page.locator('.box[data-shown="dim"]').allTextContents();
    expect(dim.join()).toContain('netflix-movie-catalog-service');
    expect(await page.locator('.box[data-id="ingress:ing-canary"]').getAttribute('data-shown')).toBe('lit');
    await trace.getByRole('button', { name: 'canary.yaml:55' }).click();
    await expect.poll(() => page.locator('.cm-line.cm-flash').textContent()).toContain('canary-weight: "5"');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.box[data-shown]').count()).toBe(0);
    await page.context().close();
  });

  test('a click on a dot opens the request behind it', async () => {
    const { page } = await open();
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    const client = (await page.locator('.box[data-kind="client"]').boundingBox())!;
    const balancer = (await page.locator('.box[data-kind="load-balancer"]').boundingBox())!;
    const x = (client.x + client.width + balancer.x) / 2;
    await expect
      .poll(
        async () => {
          await page.mouse.click(x, client.y + client.height / 2);
          return page.locator('.trace__summary').count();
        },
        { timeout: 5000 },
      )
      .toBe(1);
    await page.context().close();
  });

  test('the weight is changed where it is written, the line flashes, the sample starts anew', async () => {
    const { page } = await open();
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    await page.getByLabel('Canary weight, as a number').fill('30');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => page.locator('.codeline[data-flash]').textContent()).toContain('canary-weight: "30"');
    await expect.poll(() => page.locator('.split__target').textContent()).toContain('30 %');
    expect(await page.locator('.split__share').textContent()).toMatch(/—|too early/);
    await page.context().close();
  });

  test('a deleted pod leaves beside the one that follows, and no other box moves', async () => {
    const { page } = await open();
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    const places = () =>
      page
        .locator('.box:not([data-kind="pod"])')
        .evaluateAll((boxes) => boxes.map((box) => (box as HTMLElement).style.transform));
    const before = await places();
    await page.getByRole('button', { name: 'Delete a pod' }).click();
    await expect.poll(() => page.locator('.box[data-variant="leaving"]').count()).toBe(1);
    expect(await places()).toEqual(before);
    await expect.poll(() => page.locator('.box[data-variant="leaving"]').count(), { timeout: 6000 }).toBe(0);
    expect(await places()).toEqual(before);
    await page.context().close();
  });

  test('keyboard: the map is one stop, the arrows walk along it, Enter shows the facts', async () => {
    const { page } = await open();
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    expect(await page.locator('.box[tabindex="0"]').count()).toBe(1);
    await page.locator('.box[data-kind="client"]').focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-kind'));
    expect(await focused()).toBe('rule');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth)).toBe('3px');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.object').textContent()).toContain('netflix-frontend');
    await page.context().close();
  });

  test('reduced motion: not one dot; paused: not one number changes', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    const isBlank = await page.locator('.map__dots').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return pixels.every((value) => value === 0);
    });
    expect(isBlank).toBe(true);
    await page.getByRole('button', { name: 'Pause' }).click();
    const text = () => page.locator('.regions').textContent();
    const before = await text();
    await page.waitForTimeout(800);
    expect(await text()).toBe(before);
    await page.getByRole('button', { name: 'Live' }).click();
    await expect.poll(text).not.toBe(before);
    await page.context().close();
  });

  test('check 32: opening YAML loads the editor’s scripts, all of them and no other', async () => {
    const { page } = await open();
    await page.locator(LIVE).waitFor({ timeout: 10_000 });
    const loaded = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => new URL(name).pathname.slice(1))
          .filter((name) => name.endsWith('.js')),
      );
    const before = await loaded();
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.locator('.cm-content').waitFor();
    const editor = [...demo.scriptsOf('editor/code-mirror.ts'), ...demo.scriptsOf('editor/yaml-panel.tsx')];
    expect(editor.length).toBeGreaterThan(0);
    const wanted = new Set(editor.filter((name) => !before.includes(name)));
    const added = new Set((await loaded()).filter((name) => !before.includes(name)));
    expect([...added].sort()).toEqual([...wanted].sort());
    await page.context().close();
  });

  test('check 32: what is loaded first stays small, and nothing of the demo is in it', async () => {
    const real = await serveDemoPage('index.html');
    const html = String(real.files.get('index.html'));
    const sizeOf = (names: Iterable<string>): number =>
      [...names].reduce((sum, name) => sum + gzipSync(real.files.get(name) ?? '').length, 0);
    const named = (ending: string): string[] => [...real.files.keys()].filter((name) => name.endsWith(ending));
    const first = named('.js').filter((name) => html.includes(name));
    expect(first.length).toBeGreaterThan(0);
    expect(sizeOf(first)).toBeLessThan(60_000);
    expect(sizeOf(named('.css'))).toBeLessThan(15_000);
    expect(sizeOf([...named('.js'), ...named('.css')])).toBeLessThan(260_000);
    // CodeMirror can write <style> elements; in the editor's shadow tree it does not, or the console would complain.
    const text = [html, ...first.map((name) => real.files.get(name))].join('\n');
    expect(text).not.toContain('netflix');
    // Nor is where it was built.
    const telling = named('.js').filter((name) => String(real.files.get(name)).includes('packages/sim-ui'));
    expect(telling).toEqual([]);
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle="|url\(["']?data:/);
    real.close();
  });
});
