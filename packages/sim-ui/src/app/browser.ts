import { effect } from '@preact/signals';
import { closeTrace } from './actions.ts';
import type { Page } from './page.ts';

/** A tab that nobody sees for this long lets the server rest. */
const HIDDEN_MS = 30_000;
const THEME_KEY = 'theme';

/** Ties the page to its tab: coming back online or into sight, the theme that was chosen. */
export function followBrowser(page: Page): void {
  addEventListener('online', () => page.connection.retryNow());
  document.addEventListener('keydown', (event) => onKey(page, event));
  followVisibility(page);
  followTheme(page);
}

/** Keys that work wherever the focus is. */
function onKey({ view }: Page, event: KeyboardEvent): void {
  if (event.key === 'Escape' && view.trace.peek()) closeTrace(view);
  else if (event.key === 'j' && event.ctrlKey) view.isTall.value = !view.isTall.peek();
  else return;
  event.preventDefault();
}

function followVisibility({ connection, timers }: Page): void {
  let cancel = (): void => {};
  document.addEventListener('visibilitychange', () => {
    cancel();
    if (document.hidden) {
      cancel = timers.after(HIDDEN_MS, () => connection.pause());
      return;
    }
    connection.resume();
    connection.retryNow();
  });
}

function followTheme({ view }: Page): void {
  const stored = localStorage.getItem(THEME_KEY);
  if (stored === 'light' || stored === 'dark') view.theme.value = stored;
  effect(() => {
    const theme = view.theme.value;
    if (theme === 'auto') {
      localStorage.removeItem(THEME_KEY);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(THEME_KEY, theme);
      document.documentElement.dataset.theme = theme;
    }
  });
}
