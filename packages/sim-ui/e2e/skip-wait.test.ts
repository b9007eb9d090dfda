import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { violations } from './axe.ts';
import { LAPTOP, WatchedSandbox } from './testing/watched-sandbox.ts';

describe.skipIf(!available('chromium'))('a load balancer that takes half an hour', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['canary.yaml', '--no-load', '--cloud-delay', '30m', '--classroom', '0']);
  });
  afterAll(() => sandbox?.close());

  test('"Skip wait" brings its address at once; whoever only looks has no such button', async () => {
    const viewer = await (await sandbox.browser.newContext({ viewport: LAPTOP })).newPage();
    await viewer.goto(sandbox.classroom.replace(/\/\/[^/]+:(\d+)\//, '//127.0.0.1:$1/'));
    const { page, complaints } = await sandbox.open();
    const pending = '.box[data-kind="load-balancer"][data-tone="pending"]';
    await Promise.all([page, viewer].map((each) => each.locator(pending).waitFor()));
    expect(await viewer.getByRole('button', { name: 'Skip wait' }).count()).toBe(0);
    const balancer = page.locator('.box[data-kind="load-balancer"]');
    const box = await balancer.boundingBox();
    const button = await page.getByRole('button', { name: 'Skip wait' }).boundingBox();
    expect(button!.y + button!.height).toBeLessThanOrEqual(box!.y + box!.height);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Skip wait' }).click();
    await expect.poll(() => balancer.textContent()).toContain('k8s-ingressn-ingressn-');
    expect(await page.getByRole('button', { name: 'Skip wait' }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await viewer.context().close();
  });
});
