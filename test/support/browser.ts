import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './tools.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium with a fresh profile that contacts nobody on its own. */
export function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('no Chromium: ask available() first');
  return chromium.launch({ executablePath, args: FLAGS });
}
