import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { violations } from './axe.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1366, height: 625 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const TABS = [
  'Requests',
  'Selected',
  'Objects',
  'Events',
  'Problems',
  'Logs',
  'YAML',
  'Terminal',
  'nginx.conf',
  'Chart',
  'Class',
];
/** What `grade --json` wrote of a student, as far as the tab Class reads it. */
const RESULT = {
  submission: { id: 'ada' },
  exercise: { name: 'canary', title: 'A canary of 5 %' },
  score: 1,
  max: 4,
  checks: ['pass', 'not-yet', 'could-not-check', 'blocked'].map((result) => ({ id: result, title: result, result })),
};
/** With `--cloud-delay 0s`. */
const BADGE = 'Simulated: images do not run; ingress-nginx v1.15.1 rules; NLB ready at once (on AWS: minutes)';
/** What a tab loads when it is opened first. */
const LOADED: Readonly<Record<string, string>> = {
  Objects: '.objects__row',
  YAML: '.cm-content',
  Chart: '.chart__plot canvas',
};

describe.skipIf(!available('chromium'))('access, languages, layout', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());

  async function live(options: Parameters<WatchedSandbox['open']>[0] = {}, query = ''): Promise<Page> {
    const { page } = await sandbox.open(options);
    if (query !== '') await page.goto(`${sandbox.control}/${query}`);
    await page.locator('.lesson').waitFor();
    await page.locator('.box[data-kind="pod"] .box__number:not(:empty)').first().waitFor({ timeout: 15_000 });
    return page;
  }

  /** Where the page scrolls, boxes overlap, names are cut, or controls lie outside of what can be seen. */
  const faults = (page: Page) =>
    page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      const boxes = [...document.querySelectorAll('.box')].map((box) => ({ box, place: box.getBoundingClientRect() }));
      const overlapping = boxes.flatMap(({ place: a, box }, i) =>
        boxes
          .slice(i + 1)
          .filter(({ place: b }) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          .map((other) => `${box.textContent} / ${other.box.textContent}`),
      );
      const outside = [
        ...document.querySelectorAll('.top, .lesson, .map, .workbench, .side .panel, .top button'),
      ].filter((panel) => {
        const { left, right, bottom } = panel.getBoundingClientRect();
        return left < 0 || right > innerWidth + 1 || bottom > innerHeight + 1;
      });
      const clipped = [...document.querySelectorAll('button, .tab, h2, .objective__title')].filter(
        (element) =>
          element.scrollWidth > element.clientWidth + 2 &&
          getComputedStyle(element).overflow !== 'visible' &&
          !element.closest('.box, .row, .codeline, .map__room'),
      );
      const words = [
        ...document.querySelectorAll('.box[data-kind="rule"] .box__name, .box[data-kind="service"] .box__name'),
      ];
      const cut = words.filter((name) => name.scrollWidth > name.clientWidth + 1);
      return {
        scroll: [Math.max(0, scrollWidth - innerWidth), Math.max(0, scrollHeight - innerHeight)],
        overlapping,
        outside: outside.map(({ className, textContent }) => `${className}: ${textContent?.slice(0, 30)}`),
        clipped: clipped.map(({ textContent }) => textContent),
        cut: cut.map(({ textContent }) => textContent),
      };
    });
  const NONE = { scroll: [0, 0], overlapping: [], outside: [], clipped: [], cut: [] };

  test.each(SIZES)(
    'check 34: $width x $height: no page scroll, no overlap, nothing clipped, in every tab',
    async (viewport) => {
      const page = await live({ viewport });
      for (const tab of TABS) {
        await page.getByRole('tab', { name: tab }).click();
        if (LOADED[tab]) await page.locator(LOADED[tab]).first().waitFor();
        expect([tab, await faults(page)]).toEqual([tab, NONE]);
      }
    },
  );

  test.each(['light', 'dark'] as const)(
    'check 35: axe finds nothing in %s: each tab, each dialog, the list, a trace',
    async (colorScheme) => {
      const page = await live({ colorScheme });
      await page.locator('.box[data-kind="service"]').first().click();
      for (const tab of TABS) {
        await page.getByRole('tab', { name: tab }).click();
        if (LOADED[tab]) await page.locator(LOADED[tab]).first().waitFor();
        expect([tab, await violations(page)]).toEqual([tab, []]);
      }
      sandbox.place.write('results/ada.json', JSON.stringify(RESULT));
      await page.getByLabel('Folder of results').setInputFiles(join(sandbox.place.folder, 'results'));
      await page.locator('.class__tile').waitFor();
      expect(['results', await violations(page)]).toEqual(['results', []]);
      await page.getByRole('tab', { name: 'Requests' }).click();
      await page.locator('.row').first().click();
      await page.locator('.hop').first().waitFor();
      await page.getByRole('form', { name: 'What if' }).getByRole('button', { name: 'Ask' }).click();
      await page.locator('.whatif__answer').waitFor();
      expect(['trace', await violations(page)]).toEqual(['trace', []]);
      for (const dialog of ['Share', 'Settings', 'Keys', BADGE]) {
        await page.getByRole('button', { name: dialog, exact: true }).click();
        if (dialog === BADGE) await page.locator('.limits h3').first().waitFor();
        expect([dialog, await violations(page)]).toEqual([dialog, []]);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'List' }).click();
      expect(['list', await violations(page)]).toEqual(['list', []]);
      await page.getByRole('tab', { name: 'YAML' }).click();
      await page.locator('.cm-content').focus();
      await page.keyboard.press('Control+Home');
      await page.keyboard.insertText('broken: [\n');
      await page.locator('.plan__problems li').first().waitFor();
      expect(['error', await violations(page)]).toEqual(['error', []]);
    },
  );

  test('check 35: axe finds nothing in the page without a session, nor when the sandbox is gone', async () => {
    const other = await WatchedSandbox.settled('service');
    try {
      const stranger = await other.browser.newPage();
      await stranger.goto(other.control);
      await stranger.getByRole('heading', { name: 'Open the link printed in the terminal' }).waitFor();
      expect(await violations(stranger)).toEqual([]);
      const pages = await Promise.all(
        (['light', 'dark'] as const).map(async (colorScheme) => (await other.open({ colorScheme })).page),
      );
      for (const page of pages) await page.locator('.box[data-kind="pod"]').first().waitFor();
      await other.kill();
      for (const page of pages) {
        await page.locator('.lost').waitFor({ timeout: 10_000 });
        expect(await violations(page)).toEqual([]);
      }
    } finally {
      await other.close();
    }
  });

  test('check 37: reduced motion draws no frame in five seconds; Pause freezes every text within 300 ms; few status messages', async () => {
    const page = await live({ reducedMotion: 'reduce' });
    const frames = await page.locator('.map__dots').evaluate(async (canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext('2d')!;
      let drawn = 0;
      for (const name of ['drawImage', 'fill', 'fillRect', 'arc'] as const) {
        const original = context[name] as (...args: unknown[]) => unknown;
        Object.assign(context, {
          [name]: (...args: unknown[]) => {
            drawn++;
            return original.apply(context, args);
          },
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return drawn;
    });
    expect(frames).toBe(0);
    await sandbox.call('POST', '/load', { url: 'http://LOAD_BALANCER/', rate: 1000, duration: '20s' });
    const messages = await page.evaluate(async () => {
      const status = document.querySelector('[role=status]')!;
      const spoken: { at: number; text: string }[] = [];
      const hear = (): void => {
        const text = status.textContent ?? '';
        if (text !== '' && text !== spoken.at(-1)?.text) spoken.push({ at: performance.now(), text });
      };
      new MutationObserver(hear).observe(status, { childList: true, characterData: true, subtree: true });
      await new Promise((resolve) => setTimeout(resolve, 11_000));
      return spoken;
    });
    const pauses = messages.slice(1).map(({ at }, i) => at - messages[i]!.at);
    expect(Math.min(Number.POSITIVE_INFINITY, ...pauses)).toBeGreaterThan(4900);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForTimeout(300);
    const text = () => page.locator('.regions').textContent();
    const before = await text();
    await page.waitForTimeout(1500);
    expect(await text()).toBe(before);
  });

  test('check 38: right to left: panels mirrored, map, YAML and terminal left to right, no scrolling sideways, the share in order', async () => {
    for (const language of ['pseudo-rtl', 'he']) {
      const page = await live({}, `?lang=${language}`);
      expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
      const [lesson, side] = await Promise.all(['.lesson', '.side'].map((part) => page.locator(part).boundingBox()));
      expect(lesson!.x).toBeGreaterThan(side!.x);
      const [client, pod] = await Promise.all(
        ['.box[data-kind="client"]', '.box[data-kind="pod"]'].map((box) => page.locator(box).first().boundingBox()),
      );
      expect(client!.x).toBeLessThan(pod!.x);
      expect(await faults(page)).toEqual(NONE);
      await page.locator('#tab-yaml').click();
      await page.locator('.cm-content').waitFor();
      expect(await page.locator('.yaml__code').evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
      await page.locator('#tab-terminal').click();
      expect(await page.locator('.terminal').evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
      const starts = await page
        .locator('.split__facts bdi')
        .first()
        .evaluate((bdi) => {
          const node = bdi.firstChild!;
          return [...(node.textContent ?? '').matchAll(/[\d,]+/g)].map(({ index, 0: { length } }) => {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + length);
            return range.getBoundingClientRect().left;
          });
        });
      expect(starts.length).toBeGreaterThan(1);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
    }
  });

  test('check 38: texts that are two fifths longer clip nothing', async () => {
    for (const viewport of SIZES) {
      const page = await live({ viewport }, '?lang=pseudo');
      await expect.poll(() => page.locator('.lesson__place').textContent()).toContain('~~');
      const { scroll, clipped, outside } = await faults(page);
      expect({ scroll, clipped, outside }).toEqual({ scroll: [0, 0], clipped: [], outside: [] });
    }
  });

  test('check 39: the boxes of main and canary are told apart by their shapes alone', async () => {
    const page = await live();
    const outline = await page
      .locator('.box[data-kind="service"]')
      .evaluateAll((boxes) =>
        boxes.map((box) => [
          box.getAttribute('data-role'),
          getComputedStyle(box).borderRadius,
          getComputedStyle(box, '::before').backgroundImage !== 'none',
        ]),
      );
    const main = outline.find(([role]) => role === 'main')!;
    const canary = outline.find(([role]) => role === 'canary')!;
    expect(main[1]).not.toBe(canary[1]);
    expect([main[2], canary[2]]).toEqual([false, true]);
  });

  test('check 28: a link brings the manifests to a fresh profile, applies nothing before the click, and holds no token', async () => {
    const mine = await live();
    await mine.getByLabel('Canary weight, as a number').fill('33');
    await mine.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(() => mine.locator('.split__target').textContent()).toContain('33');
    await mine.getByRole('button', { name: 'Share', exact: true }).click();
    const link = mine.getByRole('textbox', { name: 'Link' });
    await expect.poll(() => link.inputValue()).toContain('&s=');
    const url = await link.inputValue();
    expect(url).toContain('#v=1&lesson=canary&');
    expect(url).not.toContain(sandbox.token);
    await sandbox.call('POST', '/reset', {});
    const weight = async () => (await sandbox.snapshot()).split[0]?.weight;
    expect(await weight()).toBe(5);

    const { page } = await sandbox.open({}, new URL(url).hash);
    const bar = page.getByRole('region', { name: 'What the link brought' });
    await bar.waitFor();
    await page.waitForTimeout(1000);
    expect(await weight()).toBe(5);
    await bar.getByRole('button', { name: 'Inspect' }).click();
    await expect.poll(() => page.locator('.yaml__file').textContent()).toContain('not applied');
    expect(await weight()).toBe(5);
    await bar.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(weight).toBe(33);
    expect(await page.locator('.lesson h2').textContent()).toMatch(/^Send 5\s% to the canary$/);
    await sandbox.call('POST', '/reset', {});
  });
});
