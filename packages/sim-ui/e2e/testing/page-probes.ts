import type { Page } from 'playwright-core';

/** What a page's own measurements said, by name: milliseconds of each span. */
export type Spans = Record<string, number[]>;

declare global {
  interface Window {
    probes?: { spans: Spans; details: Record<string, unknown>; longTasks: number[] };
  }
}

/** For `addInitScript`: collects the page's own measurements and the browser's long tasks. */
export function collectSpans(): void {
  const probes = { spans: {} as Spans, details: {} as Record<string, unknown>, longTasks: [] as number[] };
  window.probes = probes;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      probes.spans[entry.name] = [...(probes.spans[entry.name] ?? []), entry.duration];
      probes.details[entry.name] = (entry as PerformanceMeasure).detail;
    }
  }).observe({ type: 'measure' });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probes.longTasks.push(duration);
  }).observe({ type: 'longtask' });
}

/** Every span of the page since the last call, whatever its name. */
export async function takeSpans(page: Page): Promise<Spans> {
  return page.evaluate(() => {
    const probes = window.probes;
    const spans = probes?.spans ?? {};
    if (probes) probes.spans = {};
    return spans;
  });
}

/** Long tasks since the last call, in milliseconds. */
export async function takeLongTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => window.probes?.longTasks.splice(0) ?? []);
}

/** What the newest span of a name said of itself. */
export async function detailOf<T>(page: Page, name: string): Promise<T> {
  return page.evaluate((wanted) => window.probes?.details[wanted], name) as Promise<T>;
}

/** Bytes of the page's heap after a garbage collection. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Makes the page believe that its tab is hidden, or seen. */
export async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

export function percentile(numbers: readonly number[], part: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.ceil(numbers.length * part) - 1] ?? 0;
}
