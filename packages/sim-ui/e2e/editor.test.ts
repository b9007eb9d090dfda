import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { paste } from './testing/paste.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const CANARY = `# The lesson's canary, the weight unquoted as everybody writes it first.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: 5   # of 100
spec:
  ingressClassName: nginx
  rules:
  - host: shop.test
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: { service: { name: web, port: { number: 80 } } }
`;

describe.skipIf(!available('chromium'))('the YAML editor', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
  });
  afterAll(() => sandbox?.close());
  afterEach(() => sandbox.call('POST', '/reset', {}));

  async function openEditor(): Promise<{ page: Page; complaints: string[] }> {
    const opened = await sandbox.open();
    await opened.page.getByRole('tab', { name: 'YAML' }).click();
    await opened.page.locator('.cm-content').waitFor();
    return opened;
  }

  async function newFile(page: Page, text: string): Promise<void> {
    await page.getByRole('button', { name: 'New file' }).click();
    await paste(page, text);
  }

  const revision = async (): Promise<number> => (await sandbox.snapshot()).rev;
  const draft = async (): Promise<string> => (await sandbox.snapshot()).files[0]?.text ?? '';

  test('check 21: an unquoted weight is an error at line 8 in the server’s words; Apply is refused, the cluster stays', async () => {
    const { page } = await openEditor();
    const before = await revision();
    await newFile(page, CANARY);
    const problem = page.locator('.plan__problems li');
    await problem.waitFor();
    expect(await problem.locator('.link').textContent()).toBe('line 8');
    expect(await problem.textContent()).toContain(
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string',
    );
    expect(await page.locator('.cm-lintRange-error').textContent()).toBe('5');
    await page.keyboard.press('Control+Enter');
    expect(await page.getByRole('button', { name: 'Review and apply' }).isDisabled()).toBe(true);
    expect(await revision()).toBe(before);
    await page.getByRole('button', { name: 'Fix: quote it' }).click();
    await expect.poll(() => page.locator('.cm-line').nth(7).textContent()).toContain('canary-weight: "5"   # of 100');
    await expect.poll(() => page.locator('.plan__objects').textContent()).toContain('ingress/canary configured');
  });

  test.each([
    ['broken YAML', 'kind: [', 1],
    ['a tab', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n', 4],
    [
      'the second of two documents',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec:\n  ports:\n  - port: 0\n',
      10,
    ],
    [
      'an alias bomb',
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [*a${i || ''}, *a${i || ''}]`.replaceAll(`*a${i}`, i === 0 ? '*a' : `*a${i - 1}`)).join('\n')}\n`,
      undefined,
    ],
    [
      'a megabyte',
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n${Array.from({ length: 20_000 }, (_, i) => `  key-${i}: "${'x'.repeat(40)}"`).join('\n')}\n`,
      undefined,
    ],
  ])(
    'check 22: %s is answered at a line, the page never stands still, the server lives',
    { retry: 2 },
    async (_name, text, line) => {
      const { page, complaints } = await openEditor();
      await newFile(page, 'kind: A\n');
      await page.locator('.plan__problems').waitFor();
      await page.evaluate(() => {
        const beats = { longest: 0, last: performance.now() };
        Object.assign(window, { beats });
        setInterval(() => {
          beats.longest = Math.max(beats.longest, performance.now() - beats.last);
          beats.last = performance.now();
        }, 10);
      });
      await paste(page, text);
      await expect.poll(() => page.locator('.plan').textContent(), { timeout: 20_000 }).not.toContain('Checking');
      const words = page.locator('.plan__problems li .link').first();
      if (line !== undefined) await expect.poll(() => words.textContent()).toBe(`line ${line}`);
      const { longest } = await page.evaluate(() => (window as unknown as { beats: { longest: number } }).beats);
      expect(longest).toBeLessThan(200);
      expect(await revision()).toBeGreaterThan(0);
      expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
    },
  );

  test('check 23: a valid change is shown side by side, applied by Ctrl+Enter, and arrives with the feed', async () => {
    const { page, complaints } = await openEditor();
    const text = await draft();
    await paste(page, text.replace('canary-weight: "5"', 'canary-weight: "40"'));
    await expect.poll(() => page.locator('.plan__objects').textContent()).toBe('ingress/canary configured');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.cm-changedLine').first().waitFor();
    expect(await page.locator('.cm-changedLine').allTextContents()).toEqual([
      expect.stringContaining('canary-weight: "5"'),
      expect.stringContaining('canary-weight: "40"'),
    ]);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.locator('.plan__ok').textContent()).toMatch(/applied r\d+, shown on the map/);
    const rev = Number(/r(\d+)/.exec((await page.locator('.plan__ok').textContent()) ?? '')?.[1]);
    expect(await revision()).toBeGreaterThanOrEqual(rev);
    await expect.poll(() => page.locator('.box[data-kind="rule"][data-role="canary"]').textContent()).toContain('40 %');
    expect(complaints).toEqual([]);
  });

  test('the disk gets a draft only by Save, with its comments; what was not applied outlives a reload', async () => {
    const { page } = await openEditor();
    const before = sandbox.place.read('canary.yaml');
    await page.getByLabel('Canary weight, as a number').fill('30');
    await page.getByRole('button', { name: 'Apply', exact: true }).first().click();
    await expect.poll(() => page.locator('.yaml__file').textContent()).toContain('not saved');
    expect(sandbox.place.read('canary.yaml')).toBe(before);
    await page.getByRole('button', { name: 'Save to canary.yaml…' }).click();
    await page.locator('.cm-changedLine').first().waitFor();
    await page.getByRole('button', { name: 'Save to canary.yaml' }).click();
    await expect.poll(() => page.locator('.yaml__file').textContent()).toBe('canary.yaml');
    expect(sandbox.place.read('canary.yaml')).toBe(before.replace('canary-weight: "5"', 'canary-weight: "30"'));
    sandbox.place.write('canary.yaml', before);

    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# mine\n');
    await expect.poll(() => page.locator('.yaml__file').textContent()).toContain('not applied');
    await page.reload();
    await page.getByRole('tab', { name: 'YAML' }).click();
    await expect.poll(() => page.locator('.cm-line').first().textContent()).toBe('# mine');
    await page.getByRole('button', { name: 'Discard my changes' }).click();
    await expect.poll(() => page.locator('.cm-line').first().textContent()).not.toBe('# mine');
  });

  test('a draft is kept, and marked, when another tab applies', async () => {
    const [{ page: mine }, { page: theirs }] = [await openEditor(), await openEditor()];
    await mine.locator('.cm-content').focus();
    await mine.keyboard.press('Control+Home');
    await mine.keyboard.insertText('# mine\n');
    await expect.poll(() => mine.locator('.yaml__file').textContent()).toContain('not applied');
    await theirs.getByLabel('Canary weight, as a number').fill('60');
    await theirs.getByRole('button', { name: 'Apply', exact: true }).first().click();
    await expect.poll(() => mine.locator('.yaml__file').textContent()).toContain('cluster changed');
    expect(await mine.locator('.cm-line').first().textContent()).toBe('# mine');
    await mine.getByRole('button', { name: 'Take the cluster’s' }).click();
    await expect.poll(() => mine.locator('.yaml__file').textContent()).toBe('canary.yamlnot saved');
  });

  test('scaling changes its line in the draft, and nothing else of the file; scaled back, the file says so again', async () => {
    const { page } = await openEditor();
    const before = await draft();
    const marks = () => page.locator('.yaml__file').textContent();
    await page.getByRole('button', { name: 'Scale to 0' }).click();
    await expect.poll(marks).toBe('canary.yamlnot saved');
    const line = /(?<=name: netflix-frontend-canary\nspec:\n {2}replicas: )1/;
    expect(before).toMatch(line);
    expect(await draft()).toBe(before.replace(line, '0'));
    await page.locator('.plan').getByText('The cluster is as this file says.').waitFor();
    await page.getByRole('button', { name: 'Scale back' }).click();
    await expect.poll(marks).toBe('canary.yaml');
    expect(await draft()).toBe(before);
  });

  test('what was changed by other means is told: the cluster differs from the file', async () => {
    const { page } = await openEditor();
    await page.locator('.plan').getByText('The cluster is as this file says.').waitFor();
    await sandbox.place.cli('kubectl', 'scale', 'deployment/netflix-frontend', '--replicas=4');
    await expect
      .poll(() => page.locator('.plan').textContent(), { timeout: 10_000 })
      .toContain('The cluster differs from this file in 1 object:deployment/netflix-frontend configured');
    await page.getByRole('button', { name: 'Apply this file again' }).click();
    await page.locator('.plan').getByText('The cluster is as this file says.').waitFor();
  });

  test('check 25: a line lights its object on the map, an object its lines', async () => {
    const { page } = await openEditor();
    await page.getByRole('button', { name: /canary-weight/ }).click();
    await page.locator('.cm-content').focus();
    const line = page.locator('.cm-line').filter({ hasText: 'canary-weight' });
    await line.click();
    const pointed = page.locator('.box[data-pointed]');
    await expect.poll(() => pointed.getAttribute('data-kind')).toBe('rule');
    await line.hover();
    await expect.poll(() => pointed.getAttribute('data-kind')).toBe('rule');
    await page.keyboard.press('Shift+Tab');
    await page.mouse.move(400, 20);
    await expect.poll(() => pointed.count()).toBe(0);

    await page.locator('.box[data-kind="service"][data-role="canary"]').hover();
    await expect.poll(() => page.locator('.cm-line.cm-pointed').allTextContents()).toContain('kind: Service');
    await page.mouse.move(400, 20);
    await expect.poll(() => page.locator('.cm-line.cm-pointed').count()).toBe(0);
    await page.locator('.box[data-kind="rule"]').first().focus();
    await expect.poll(() => page.locator('.cm-line.cm-pointed').allTextContents()).toContain('kind: Ingress');
  });

  test('fields and annotations are suggested and explained from what the servers publish', async () => {
    const { page } = await openEditor();
    await newFile(
      page,
      CANARY.replace(': 5 ', ': "5" ').replace('    nginx.ingress.kubernetes.io/canary: "true"\n', '    \n'),
    );
    await page.locator('.cm-line').nth(6).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').waitFor();
    await page.keyboard.type('nginx.ingress.kubernetes.io/canary-by-h');
    await expect
      .poll(() => page.locator('.cm-tooltip-autocomplete li').first().textContent())
      .toContain('canary-by-header');
    await page.keyboard.press('Escape');
    await page.getByText('pathType', { exact: true }).hover();
    await expect.poll(() => page.locator('.cm-docs').textContent(), { timeout: 5000 }).toContain('pathType determines');
  });
});
