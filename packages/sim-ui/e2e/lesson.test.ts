import { readFileSync } from 'node:fs';
import type { LessonState } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { Workspace } from '../../../test/support/workspace.ts';
import { paste } from './testing/paste.ts';
import { solutionOf } from './testing/solution-of.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const SLOW = { timeout: 20_000 };

const objective = (page: Page, title: string) =>
  page.locator('.objective', { has: page.locator('.objective__title', { hasText: title }) });
const resultOf = (page: Page, title: string) => objective(page, title).getAttribute('data-result');

describe.skipIf(!available('chromium'))('a lesson', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());
  afterEach(() => sandbox.call('POST', '/reset', {}));

  const WEIGHT = "The canary's weight is";

  /** Somebody makes the weight another one: the objective goes back, with the reason and the line. */
  async function undo(page: Page): Promise<void> {
    await sandbox.call('PATCH', '/weight', { ingress: 'canary', weight: 20 });
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('not-yet');
    const words = await objective(page, WEIGHT).textContent();
    expect(words).toContain('20');
    expect(words).toMatch(/canary\.yaml:\d+/);
  }

  test('check 26: YAML, terminal and GUI turn the same objective green; undoing it takes it back, with the reason', async () => {
    const { page } = await sandbox.open();
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('pass');
    await undo(page);

    await page.getByLabel('Canary weight, as a number').fill('5');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('pass');
    await undo(page);

    await page.getByRole('tab', { name: 'Terminal' }).click();
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('kubectl annotate ingress canary nginx.ingress.kubernetes.io/canary-weight=5 --overwrite');
    await line.press('Enter');
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('pass');
    await undo(page);

    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.locator('.cm-content').waitFor();
    const { files } = await sandbox.snapshot();
    await paste(page, files[0]?.text.replace('canary-weight: "20"', 'canary-weight: "5"') ?? '');
    await page.keyboard.press('Control+Enter');
    await page.locator('.cm-changedLine').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('pass');
  });

  test('check 27: a checker that cannot be reached is “could not check”, never “not yet”', async () => {
    const { page } = await sandbox.open();
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('pass');
    await undo(page);
    await page.route('**/api/v1/lesson**', (route) => route.abort());
    await page.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('could-not-check');
    expect(await page.locator('.lesson').textContent()).not.toContain('Not yet');
    await page.unroute('**/api/v1/lesson**');
    await page.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('not-yet');
  });

  test('a scenario that holds the solution says so, and nobody has solved anything', async () => {
    const { page } = await sandbox.open();
    await page.locator('.lesson__done').waitFor(SLOW);
    expect(await page.locator('.lesson__done').textContent()).toContain('holds the solution already');
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => localStorage.getItem('progress'))).toBeNull();
  });

  test('the cluster is looked at when it has changed, and only then', async () => {
    const { page } = await sandbox.open();
    await expect.poll(() => resultOf(page, WEIGHT), SLOW).toBe('pass');
    const { objectives } = await sandbox.api<LessonState>('/lesson');
    await sandbox.call('POST', '/send', { count: 100 });
    await page.waitForTimeout(1500);
    const again = await sandbox.api<LessonState>('/lesson');
    expect(again.isChecking).toBe(false);
    expect(again.objectives).toEqual(objectives);
  });
});

describe.skipIf(!available('chromium'))('an exercise', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['canary-weight', '--cloud-delay', '0s'], new Workspace());
    await sandbox.event('settled');
  });
  afterAll(() => sandbox?.close());

  const done = (page: Page) => page.locator('.lesson__done');
  /** Enter is enough: the focus is on what was asked for. */
  async function confirmed(page: Page): Promise<void> {
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), SLOW).toBe('Load the lesson');
    await page.keyboard.press('Enter');
  }
  const solve = (name: string) => sandbox.call('POST', '/apply', { files: solutionOf(name) });

  test('its start runs; hints come one after the other; solved, it leads to the next one, which replaces it when asked', async () => {
    const { page, complaints } = await sandbox.open();
    await expect.poll(() => resultOf(page, 'An Ingress is a canary'), SLOW).toBe('not-yet');
    expect(await resultOf(page, 'The canary runs another version')).toBe('blocked');
    await page.getByRole('button', { name: 'Hint 1 of 2' }).click();
    await page.getByRole('button', { name: 'Hint 2 of 2' }).click();
    expect(await page.locator('.objective__hint').last().textContent()).toContain('Annotations are strings');

    await solve('canary-weight');
    await done(page).waitFor(SLOW);
    await expect.poll(() => page.evaluate(() => localStorage.getItem('progress')), SLOW).toContain('"score":100');

    await done(page)
      .getByRole('button', { name: /^Next: A canary that nobody gets/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Lessons' });
    await expect.poll(() => dialog.textContent(), SLOW).toMatch(/It replaces \d+ objects/);
    expect((await sandbox.snapshot()).status.scenario).toBe('canary-weight');
    await confirmed(page);
    await expect.poll(() => page.locator('.lesson h2').textContent(), SLOW).toBe('A canary that nobody gets');
    expect((await sandbox.snapshot()).status.scenario).toBe('canary-host');
    await solve('canary-host');
    await done(page).waitFor(SLOW);
    expect(complaints).toEqual([]);
  });

  test('the Grade tab shows result, evidence and total of every objective, and exports the neutral result', async () => {
    const { page } = await sandbox.open();
    await page.getByRole('tab', { name: 'Grade' }).click();
    const rows = page.locator('.grade tbody tr');
    await expect.poll(() => rows.count(), SLOW).toBeGreaterThan(3);
    await expect.poll(() => page.locator('.grade tfoot').textContent(), SLOW).toMatch(/\d+ \/ 100/);
    for (const row of await rows.all()) expect(await row.locator('.grade__result').textContent()).toMatch(/\w/);
    const { objectives, score } = await sandbox.api<LessonState>('/lesson');
    expect(await rows.locator('th').allTextContents()).toEqual(objectives.map(({ title }) => title));
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export JSON' }).click();
    const file = await (await download).path();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      schema: 'sandbox.k8s-ingress.dev/grade-result/v1',
      score,
      checks: objectives.map(({ id }) => ({ id })),
    });
  });

  test('by keyboard alone a lesson is chosen and loaded; what was done is ticked, exported, and read by the class grid', async () => {
    const { page } = await sandbox.open();
    await page.getByRole('button', { name: /^Lessons: / }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Lessons' });
    await dialog.locator('.lessons button').first().waitFor();
    await dialog.locator('.lessons button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await confirmed(page);
    await expect
      .poll(() => page.locator('.lesson h2').textContent(), SLOW)
      .toBe('One Service for pods that listen on different ports');
    await solve('named-port');
    await done(page).waitFor(SLOW);
    await page.getByRole('button', { name: /^Lessons: / }).click();
    await expect.poll(() => dialog.locator('.lessons li').nth(1).textContent(), SLOW).toContain('solved');
    await dialog.getByLabel('Your name').fill('Ada');
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export progress' }).click();
    const file = await (await download).path();

    const other = (await sandbox.open()).page;
    await other.getByRole('button', { name: /^Lessons: / }).click();
    await other.getByLabel('Import progress').setInputFiles(file);
    await expect.poll(() => other.locator('.lessons li').nth(1).textContent(), SLOW).toContain('solved');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toContainEqual(
      expect.objectContaining({ name: 'Ada', score: 100, max: 100 }),
    );
  });
});
