import type { Page } from 'playwright-core';
import { manyPods } from '../../packages/sim-ui/e2e/testing/many-pods.ts';
import { solutionOf } from '../../packages/sim-ui/e2e/testing/solution-of.ts';

/** What a state is arranged with. */
export interface Stage {
  readonly page: Page;
  /** POSTs to the control API. */
  api(path: string, body: unknown): Promise<void>;
  /** Ends the sandbox. */
  stop(): Promise<void>;
}

/** A state of the page that is worth a picture. */
export interface Scene {
  readonly name: string;
  /** In place of the canary scenario. */
  readonly manifest?: string;
  /** An exercise of the package in place of the canary scenario. */
  readonly exercise?: string;
  readonly cloudDelay?: string;
  arrange(stage: Stage): Promise<void>;
}

const running = (page: Page): Promise<void> =>
  page.locator('.box[data-kind="pod"][data-role="canary"] .box__number:not(:empty)').waitFor({ timeout: 30_000 });

async function weightUnquoted(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.locator('.cm-content').waitFor();
  await page.getByRole('button', { name: /canary-weight/ }).click();
  await page.locator('.cm-line', { hasText: 'canary-weight' }).click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.insertText('nginx.ingress.kubernetes.io/canary-weight: 5   # so many of 100 requests');
  await page.locator('.plan__problems').waitFor();
}

export const STATES: readonly Scene[] = [
  { name: 'first-run', arrange: ({ page }) => page.locator('.lesson').waitFor() },
  {
    name: 'canary-running',
    arrange: async ({ page, api }) => {
      await api('/load', { url: 'http://LOAD_BALANCER/', rate: 200 });
      await running(page);
      await page.waitForTimeout(8000);
    },
  },
  {
    name: 'trace-open',
    arrange: async ({ page }) => {
      await running(page);
      await page.getByRole('button', { name: 'Canary', exact: true }).click();
      await page.locator('.row').first().click();
      await page.locator('.hop').first().waitFor();
    },
  },
  {
    name: 'yaml-error',
    arrange: async ({ page }) => {
      await running(page);
      await weightUnquoted(page);
    },
  },
  {
    name: 'lb-pending',
    cloudDelay: '120s',
    arrange: ({ page }) => page.locator('.box[data-kind="load-balancer"][data-tone="pending"]').waitFor(),
  },
  {
    name: 'disconnected',
    arrange: async ({ page, stop }) => {
      await running(page);
      await stop();
      await page.locator('.lost').waitFor({ timeout: 20_000 });
    },
  },
  {
    name: 'lesson-begun',
    exercise: 'canary-weight',
    arrange: async ({ page }) => {
      await page.locator('.objective[data-result="not-yet"]').first().waitFor({ timeout: 30_000 });
      await page.getByRole('button', { name: /^Hint 1/ }).click();
    },
  },
  {
    name: 'lesson-done',
    exercise: 'canary-weight',
    arrange: async ({ page, api }) => {
      await page.locator('.objective[data-result="not-yet"]').first().waitFor({ timeout: 30_000 });
      await api('/apply', { files: solutionOf('canary-weight') });
      await page.locator('.lesson__done').waitFor({ timeout: 30_000 });
      await page.getByRole('tab', { name: 'Grade' }).click();
      await page.locator('.grade table').waitFor();
    },
  },
  {
    name: 'lessons',
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: /^Lessons: / }).click();
      await page.locator('.lessons').waitFor();
    },
  },
  {
    name: 'lesson-replaces',
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: /^Lessons: / }).click();
      await page.getByRole('button', { name: 'HTTPS, and nothing else' }).click();
      await page.getByRole('button', { name: 'Load the lesson' }).waitFor();
    },
  },
  {
    name: 'ten-thousand-pods',
    manifest: manyPods(10_000),
    arrange: async ({ page }) => {
      await page.locator('.box[data-kind="pods"]').waitFor({ timeout: 60_000 });
      await page.waitForTimeout(3000);
    },
  },
];
