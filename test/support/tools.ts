import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What real-client tests run. CI must have the important ones; the others are skipped where they are missing. */
const IMPORTANT = new Set(['chromium', 'curl', 'wget', 'nginx']);
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];
const CHROMIUM_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where a command is on the PATH (and in the sbin folders, which users often lack), or undefined. */
export function commandPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}

export function hasCommand(name: string): boolean {
  return commandPath(name) !== undefined;
}

/**
 * The browser for playwright-core's `executablePath`: CHROMIUM_PATH, the PATH, the usual places, or one that Playwright
 * downloaded. Undefined when there is none.
 */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const onPath = CHROMIUM_NAMES.map(commandPath).find((path) => path !== undefined);
  return onPath ?? [...CHROMIUM_PLACES, chromium.executablePath()].find((path) => existsSync(path));
}

/**
 * For `describe.skipIf(!available('chromium'))`: false, with a loud line, when the tool is missing.
 *
 * @throws when the environment says CI and the tool is one of chromium, curl, wget and nginx: there a skip would hide a failure
 */
export function available(tool: string): boolean {
  if (tool === 'chromium' ? chromiumPath() !== undefined : hasCommand(tool)) return true;
  requireInCI(tool, IMPORTANT.has(tool));
  return false;
}

/**
 * Says what is skipped because something is missing.
 *
 * @throws when the environment says CI and it is important
 */
export function requireInCI(missing: string, important = true): void {
  if (process.env.CI && important) throw new Error(`${missing} is missing, and CI must not skip its tests.`);
  console.warn(`\n*** SKIPPED: tests that need ${missing}, which this machine does not have ***\n`);
}
