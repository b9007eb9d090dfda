import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../../../test/support/browser.ts';
import { available } from '../../../test/support/tools.ts';
import { PROJECT } from '../../../test/support/workspace.ts';
import { HOST } from '../../sim-core/src/host/control/testing/canary-cluster.ts';
import { runningControl } from '../../sim-core/src/host/control/testing/running-control.ts';
import { skewDraws } from './testing/skewed-draws.ts';

const DRAWS = 1000;
const RATE = 1000;

describe.skipIf(!available('chromium'))('a canary that gets something else than its weight', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** The page of the lesson's canary behind a thousand requests, of which the canary gets `factor` times its weight. */
  async function pageAfterDraws(factor: number) {
    const running = await runningControl({ uiDirectory: join(PROJECT, 'dist', 'ui') });
    const { cluster, timer, control, view } = running;
    if (factor !== 1) skewDraws(cluster, factor);
    const ticks = setInterval(() => timer.tick(), 100);
    onTestFinished(() => clearInterval(ticks));
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(control.link);
    await page.locator('.freshness[data-state="live"]').waitFor();
    cluster.loads.start({ url: `http://${HOST}/`, rate: RATE, count: DRAWS });
    cluster.advance((DRAWS / RATE) * 1000 + 1000);
    const text = (part: string) => page.locator(`.split__${part}`).textContent();
    await expect.poll(() => text('facts'), { timeout: 20_000 }).toContain(`of ${DRAWS.toLocaleString('en-US')} draws`);
    const [row] = view.split();
    return { row: row!, share: await text('share'), target: await text('target'), verdict: await text('verdict') };
  }

  test('check 12: same seed, the share really 20 % where 5 % is configured: "not consistent" within 1,000 draws', async () => {
    const fair = await pageAfterDraws(1);
    expect(fair.target).toContain('5 %');
    expect(fair.verdict).toBe('consistent with 5 %');
    const loaded = await pageAfterDraws(4);
    expect(loaded.row).toMatchObject({ n: DRAWS, weight: 5 });
    expect(loaded.row.canary / DRAWS).toBeGreaterThan(0.16);
    expect(loaded.row.canary / DRAWS).toBeLessThan(0.24);
    expect(loaded.share).toBe(`${((100 * loaded.row.canary) / DRAWS).toFixed(2)} %`);
    expect(loaded.target).toContain('5 %');
    expect(loaded.verdict).toBe('not consistent with 5 %');
  });
});
