import { spawn } from 'node:child_process';
import { EXIT } from '../exit-codes.ts';
import { type KeyAction, onKeys } from './keys.ts';
import type { Session } from './session.ts';
import { onEnd } from './shutdown.ts';

/** Runs a session until somebody ends it. A second Ctrl-C ends it at once. */
export async function serve(session: Session, options: { hasKeys: boolean; open: boolean }): Promise<number> {
  let stopKeys = () => {};
  const ended = new Promise<void>((resolve) => {
    const stopWatching = onEnd(() => resolve());
    const act: Record<KeyAction, () => void> = {
      apply: () => session.applySaved(),
      diff: () => session.showDiff(),
      reset: () => session.reset(),
      open: () => openInBrowser(session.link),
      quit: () => {
        stopWatching();
        resolve();
      },
    };
    if (options.hasKeys) stopKeys = onKeys((action) => act[action]());
  });
  try {
    await session.start();
    if (options.open) openInBrowser(session.link);
    await ended;
  } finally {
    // First the terminal: from now on Ctrl-C is a signal again, and ends whatever still drains.
    stopKeys();
    await session.stop();
  }
  return EXIT.ok;
}

/** Opens the page with the system's own opener; where there is none, nothing happens. */
function openInBrowser(link: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as 'darwin'] ?? 'xdg-open';
  if (link === '') return;
  spawn(opener, [link], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
