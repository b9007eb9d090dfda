import type { Browser, Page } from 'playwright-core';
import { collectSpans, takeLongTasks, takeSpans } from './page-probes.ts';

/** How smooth a page was over a time. */
export interface Smoothness {
  /** Frames a second, median over seconds. */
  readonly framesPerSecond: number;
  /** The longest task that blocked the page, in milliseconds; 0 for none over 50. */
  readonly longestTask: number;
  /** The longest piece of the page's own work, in milliseconds. */
  readonly longestSpan: number;
}

/** Watches an open page, whose probes were set up by `collectSpans`. */
export async function smoothnessOf(page: Page, milliseconds: number): Promise<Smoothness> {
  await takeSpans(page);
  await takeLongTasks(page);
  const frames = await page.evaluate(
    (time) =>
      new Promise<number[]>((resolve) => {
        const counts: number[] = [];
        const start = performance.now();
        const frame = (now: number): void => {
          const second = Math.floor((now - start) / 1000);
          counts[second] = (counts[second] ?? 0) + 1;
          if (now - start < time) requestAnimationFrame(frame);
          else resolve(Array.from(counts, (count) => count ?? 0).slice(0, Math.floor(time / 1000)));
        };
        requestAnimationFrame(frame);
      }),
    milliseconds,
  );
  const spans = Object.values(await takeSpans(page)).flat();
  return {
    framesPerSecond: median(frames),
    longestTask: Math.max(0, ...(await takeLongTasks(page))),
    longestSpan: spans.reduce((longest, one) => Math.max(longest, one), 0),
  };
}

/** A page with nothing on it, in a browser that measures others: what the machine itself does to a page. */
export async function openBlank(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript(collectSpans);
  const page = await context.newPage();
  await page.goto('data:text/html,<title>blank</title>');
  return page;
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
