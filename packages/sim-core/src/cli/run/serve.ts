import { spawn } from 'node:child_process';
import { EXIT } from '../exit-codes.ts';
import { type KeyAction, onKeys } from './keys.ts';
import type { Session } from './session.ts';
import { awaitEnd } from './shutdown.ts';

/** Runs a session until somebody ends it. */
export async function serve(session: Session, options: { hasKeys: boolean; open: boolean }): Promise<number> {
  const { asked, ask } = awaitEnd();
  const act: Record<KeyAction, () => void> = {
    apply: () => session.applySaved(),
    diff: () => session.showDiff(),
    reset: () => session.reset(),
    open: () => openInBrowser(session.link),
    quit: () => ask('q'),
  };
  const stopKeys = options.hasKeys ? onKeys((action) => act[action]()) : () => {};
  try {
    await session.start();
    if (options.open) openInBrowser(session.link);
    await asked;
  } finally {
    // First the terminal: from now on Ctrl-C is a signal, and ends at once what still drains.
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
