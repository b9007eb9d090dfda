import { render } from 'preact';
import type { Timers } from '../feed/timers.ts';
import type { Transport } from '../transport/transport.ts';
import { App } from './app.tsx';
import { followBrowser } from './browser.ts';
import { createPage } from './page.ts';

/** Builds the page over a cluster and keeps it there. */
export function mount(element: HTMLElement, transport: Transport, timers: Timers): void {
  const page = createPage(transport, timers, sessionStorage, localStorage);
  followBrowser(page);
  page.connection.start();
  render(<App page={page} />, element);
}
