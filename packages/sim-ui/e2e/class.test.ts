import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassroomLinks } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { Workspace } from '../../../test/support/workspace.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const SLOW = { timeout: 20_000 };

/** What `grade --json` writes for one, and what the page exports. */
const resultOf = (name: string, passed: boolean) => ({
  schema: 'sandbox.k8s-ingress.dev/grade-result/v1',
  exercise: { name: 'canary-weight', title: 'Send 5 % to the canary' },
  submission: { id: name.toLowerCase() },
  name,
  score: passed ? 50 : 20,
  max: 50,
  checks: [
    { id: 'valid', title: 'The manifests are valid', result: 'pass' },
    { id: 'split', title: 'The split is right', result: passed ? 'pass' : 'not-yet' },
  ],
});

const write = (place: Workspace, name: string, result: unknown) =>
  place.write(`results/${name}.json`, JSON.stringify(result));
const students = (page: Page) => page.locator('.class__tile h3 bdi:first-child').allTextContents();

describe.skipIf(!available('chromium'))('a class', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    const place = new Workspace();
    write(place, 'ada', [resultOf('Ada', true)]);
    place.write('results/notes.json', 'no result');
    sandbox = await WatchedSandbox.start(['--no-load', '--classroom', '0', '--class', 'results'], place);
  });
  afterAll(() => sandbox?.close());

  test('the folder of --class is shown by itself, as it changes, also without names', async () => {
    const { page, complaints } = await sandbox.open({}, '#view=class');
    await expect.poll(() => students(page), SLOW).toEqual(['Ada']);
    const problem = page.locator('.class .wrong');
    expect(await problem.textContent()).toBe('notes.json is no result of a grade: it has no checks with a score');

    write(sandbox.place, 'bob', resultOf('Bob', false));
    await expect.poll(() => students(page), SLOW).toEqual(['Ada', 'Bob']);
    const bob = page.locator('.class__tile').nth(1);
    expect(await bob.locator('li').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-result')))).toEqual([
      'pass',
      'not-yet',
    ]);
    write(sandbox.place, 'bob', resultOf('Bob', true));
    await expect.poll(() => bob.textContent(), SLOW).toContain('50 / 50');

    await page.getByRole('button', { name: 'Hide names' }).click();
    await expect.poll(() => students(page), SLOW).toEqual(['Student 1', 'Student 2']);
    expect(await problem.textContent()).toMatch(/^… is no result/);
    rmSync(join(sandbox.place.folder, 'results', 'notes.json'));
    await expect.poll(() => problem.count(), SLOW).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('the share dialog has the link for viewers and its QR code, dark on white in the dark theme too', async () => {
    const { page, complaints } = await sandbox.open({ colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const code = page.getByRole('img', { name: /^QR code of the link to / });
    await code.waitFor(SLOW);
    const [link] = (await sandbox.api<ClassroomLinks>('/classroom')).links;
    expect(link?.url).toBe(sandbox.classroom);
    expect(await page.getByRole('textbox', { name: 'For a class that looks on' }).inputValue()).toBe(link?.url);
    expect(await code.locator('path').getAttribute('d')).toBe(link?.qr.path);
    const fillOf = (part: string) => code.locator(part).evaluate((element) => getComputedStyle(element).fill);
    expect([await fillOf('path'), await fillOf('rect')]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    expect(complaints).toEqual([]);
  });

  test('viewers have neither the folder nor the names in it', async () => {
    const { origin, searchParams } = new URL(sandbox.classroom.replace(/\/\/[^/]+:(\d+)\//, '//127.0.0.1:$1/'));
    const token = searchParams.get('token') ?? '';
    const answer = await fetch(`${origin}/api/v1/class`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(404);
    const page = await (await sandbox.browser.newContext()).newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${origin}/?token=${token}#view=class`);
    await page.locator('.badge--viewer').waitFor();
    await page.getByRole('button', { name: 'Hide names' }).waitFor();
    expect(await students(page)).toEqual([]);
    expect(asked).toContain('/api/v1/snapshot');
    expect(asked).not.toContain('/api/v1/class');
    await page.context().close();
  });
});
