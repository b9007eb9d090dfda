// pnpm screenshots [state]: pictures of the page in every state that matters, in both themes and four sizes, in artifacts/.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../test/support/browser.ts';
import { Workspace } from '../../test/support/workspace.ts';
import { type Scene, STATES } from './states.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'artifacts', 'screenshots');
const SIZES: readonly (readonly [width: number, height: number])[] = [
  [1366, 768],
  [1366, 625],
  [1280, 720],
  [1920, 1080],
];

const wanted = process.argv[2];
mkdirSync(FOLDER, { recursive: true });
const browser = await launchChromium();
try {
  for (const state of STATES.filter(({ name }) => wanted === undefined || name === wanted)) {
    for (const colorScheme of ['light', 'dark'] as const) await picture(browser, state, colorScheme);
  }
} finally {
  await browser.close();
}

/** One sandbox for each state and theme: what a state needs done is done once, then the window changes its size. */
async function picture(browser: Browser, state: Scene, colorScheme: 'light' | 'dark'): Promise<void> {
  const place = new Workspace();
  try {
    const page = await open(browser, place, state, colorScheme);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(FOLDER, `${state.name}-${colorScheme}-${width}x${height}.png`) });
    }
    await page.context().close();
    console.log(`${state.name}, ${colorScheme}`);
  } finally {
    await place.clear();
  }
}

async function open(browser: Browser, place: Workspace, state: Scene, colorScheme: 'light' | 'dark'): Promise<Page> {
  const { manifest, exercise = place.scenario('canary') } = state;
  const file = manifest === undefined ? exercise : place.write('cluster.yaml', manifest);
  const run = place.start(file, '--output', 'json', '--no-open', '--cloud-delay', state.cloudDelay ?? '0s');
  const ready = (await run.event('ready')) as unknown as { ui: string; control: string; token: string };
  const page = await (await browser.newContext({ colorScheme, viewport: { width: 1366, height: 768 } })).newPage();
  await page.goto(ready.ui);
  const api = async (path: string, body: unknown): Promise<void> => {
    const headers = { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' };
    await fetch(`${ready.control}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  await state.arrange({ page, api, stop: () => run.kill() });
  return page;
}
