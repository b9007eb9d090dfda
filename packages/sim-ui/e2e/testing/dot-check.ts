import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { detailOf } from './page-probes.ts';
import type { WatchedSandbox } from './watched-sandbox.ts';

/** What the canvas says of its dots: how many set off, by shape (circle, square, diamond), and what one stands for. */
export interface Dots {
  readonly launched: readonly [number, number, number];
  readonly scale: number;
}

export function dotsOf(page: Page): Promise<Dots> {
  return detailOf<Dots>(page, 'dots');
}

/** Check 18: at 1,000 requests a second squares have the share that was counted, and dots stand for what there was. */
export async function checkDots(sandbox: WatchedSandbox, page: Page, seconds: number): Promise<void> {
  const before = await sandbox.split();
  const load = await sandbox.call('POST', '/load', { url: 'http://LOAD_BALANCER/', rate: 1000 });
  const { id } = (await load.json()) as { id: string };
  // The load balancer may still be without its address, and the scale follows the rate slowly.
  await expect.poll(async () => (await sandbox.split()).n, { timeout: 15_000 }).toBeGreaterThan(before.n);
  await expect.poll(async () => (await dotsOf(page)).scale, { timeout: 15_000 }).toBeGreaterThan(10);
  const from = await sandbox.split();
  const [circles, squares] = await requestsOfDots(page, seconds * 1000);
  const to = await sandbox.split();
  const { scale } = await dotsOf(page);
  await expect.poll(() => page.locator('.legend__scale').textContent()).toMatch(/^dot = \d+ requests, errors ≥ 1$/);
  await sandbox.call('DELETE', `/load/${id}`);
  const requests = to.n - from.n;
  const counted = (to.canary - from.canary) / requests;
  const drawn = squares / (circles + squares);
  console.log(
    `dots of ${scale}: ${circles + squares} of ${requests} requests drawn; canary ${(100 * counted).toFixed(2)} %, squares ${(100 * drawn).toFixed(2)} %`,
  );
  expect(Math.abs(drawn - counted)).toBeLessThan(0.03);
  expect(Math.abs((circles + squares) / requests - 1)).toBeLessThan(0.15);
}

/** Requests that the circles and the squares of so many milliseconds stand for, each by the scale when it set off. */
function requestsOfDots(page: Page, milliseconds: number): Promise<[circles: number, squares: number]> {
  return page.evaluate(
    (time) =>
      new Promise((resolve) => {
        let last: readonly number[] | undefined;
        const sums: [number, number] = [0, 0];
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName('dots')) {
            const { launched, scale } = (entry as PerformanceMeasure).detail as { launched: number[]; scale: number };
            for (const shape of [0, 1] as const) sums[shape] += (launched[shape]! - (last ?? launched)[shape]!) * scale;
            last = launched;
          }
        });
        observer.observe({ type: 'measure' });
        setTimeout(() => {
          observer.disconnect();
          resolve(sums);
        }, time);
      }),
    milliseconds,
  );
}
