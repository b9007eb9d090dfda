import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

/** Traffic may take this long to show a canary, milliseconds. */
const FIRST_CANARY = 3000;

describe.skipIf(!available('chromium'))('a newcomer', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['canary.yaml', '--cloud-delay', '8s']);
  });
  afterAll(() => sandbox?.close());

  test("a newcomer's first thirty seconds: pending, address, traffic, weight, a trace, something broken, the lesson", async () => {
    const { page, complaints } = await sandbox.open();
    const sentence = () => page.locator('.map__sentence').textContent();
    const pods = page.locator('.box[data-kind="pod"]');

    // No dialog; the load balancer is pending with its countdown, and one line says what will come.
    await page.locator('.box[data-kind="load-balancer"]', { hasText: 'pending' }).waitFor();
    expect(await page.locator('dialog[open], :popover-open').count()).toBe(0);
    expect(await page.locator('.box[data-kind="load-balancer"]').textContent()).toMatch(/\d\ss$/);
    expect(await sentence()).toBe('Every dot will be a real HTTP request. Squares reach the new version.');
    expect(await page.locator('.weight[data-news]').count()).toBe(0);

    // The address arrives; traffic flows by itself, and soon one of its requests is the canary's.
    await page.locator('.box[data-kind="pod"] .box__number:not(:empty)').first().waitFor({ timeout: 20_000 });
    await expect.poll(async () => (await sandbox.split()).canary, { timeout: 2 * FIRST_CANARY }).toBeGreaterThan(0);
    expect((await sandbox.split()).n).toBeLessThanOrEqual(100);
    expect(await page.locator('.split__target').textContent()).toContain('5 %');
    expect(await sentence()).toContain('Click one to see why.');

    // One control draws the eye; moving it edits the annotation's line, which flashes, and applies it.
    await page.locator('.weight[data-news]').waitFor();
    await page.getByRole('slider', { name: 'Canary weight' }).fill('20');
    expect(await page.locator('.weight[data-news]').count()).toBe(0);
    await page.getByLabel('Guess first: of the next 100, how many?').fill('15');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(() => page.locator('.codeline[data-flash]').textContent()).toContain('canary-weight: "20"');
    await expect.poll(() => page.locator('.split__target').textContent()).toContain('20 %');
    await expect.poll(async () => (await sandbox.split()).canary, { timeout: 10_000 }).toBeGreaterThan(2);
    expect(await page.locator('.split__guess').textContent()).toBe('Your guess: 15 of 100');
    const [guess, target] = await Promise.all(
      ['guess', 'target'].map((mark) => page.locator(`.bar__${mark}`).boundingBox()),
    );
    expect(guess!.x).toBeLessThan(target!.x);

    // A square is asked why: its way lights up, with the draw that decided.
    await page.getByRole('button', { name: 'Canary', exact: true }).click();
    await page.locator('.row').first().click();
    const trace = page.getByRole('article');
    await expect.poll(() => trace.textContent()).toMatch(/drew \d+ of 100, ≤ \d+ → canary/);
    expect(await page.locator('.box[data-shown="lit"]').count()).toBeGreaterThan(4);
    await page.keyboard.press('Escape');

    // Three ways to break it; without a canary everything goes to the main Service.
    const broken = page.getByRole('region', { name: 'Break it' });
    expect(await broken.getByRole('button').allTextContents()).toEqual(['Delete a pod', 'Crash a pod', 'Scale to 0']);
    await broken.getByRole('button', { name: 'Scale to 0' }).click();
    await expect.poll(() => pods.and(page.locator('[data-role="canary"]')).count()).toBe(0);
    await page.getByRole('button', { name: 'Send 1', exact: true }).click();
    await expect.poll(() => trace.textContent()).toContain('Why netflix-frontend?');

    // What comes next is on the page all the time.
    expect(await page.getByRole('complementary', { name: 'Lesson' }).getByRole('heading').textContent()).not.toBe('');
    expect(complaints).toEqual([]);
  });
});
