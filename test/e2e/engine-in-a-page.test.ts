import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { binomialBand } from '../../packages/sim-core/src/cluster/testing/binomial-band.ts';
import type { CanaryCluster } from '../../packages/sim-core/src/cluster/testing/canary-cluster.ts';
import { launchChromium } from '../support/browser.ts';
import { bundleForBrowser } from '../support/browser-bundle.ts';
import { available } from '../support/tools.ts';
import { PROJECT } from '../support/workspace.ts';

const REQUESTS = 10_000;

/** The global that the bundle defines. */
declare const sandbox: { CanaryCluster: typeof CanaryCluster };

describe.skipIf(!available('chromium'))('the engine in a page without a server', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('runs canary.yaml, splits 10,000 requests, and asks the network for nothing', async () => {
    const { code } = await bundleForBrowser('test/support/browser-entry.ts');
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const asked: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.addScriptTag({ content: code });
    const text = readFileSync(join(PROJECT, 'scenarios', 'canary.yaml'), 'utf8');
    const seed = crypto.randomUUID().slice(0, 8);
    const { load, split, first } = await page.evaluate(
      ([yaml, chance, count]) => {
        const lesson = new sandbox.CanaryCluster(yaml, { seed: chance });
        const [answer] = lesson.ask(1);
        const { sent, answered, failed } = lesson.load(count);
        return { load: { sent, answered, failed }, split: lesson.split, first: answer };
      },
      [text, seed, REQUESTS] as const,
    );
    const [low, high] = binomialBand(split.n, 0.05, 0.9999);
    console.log(`seed ${seed}: ${split.canary} of ${split.n}, band ${low} to ${high}`);
    expect(first).toMatch(/^netflix-frontend(-canary)? 0\.[89]\.0$/);
    expect(load).toEqual({ sent: REQUESTS, answered: REQUESTS, failed: 0 });
    expect(split.canary).toBeGreaterThanOrEqual(low);
    expect(split.canary).toBeLessThanOrEqual(high);
    expect({ asked, errors }).toEqual({ asked: [], errors: [] });
    await context.close();
  });
});
