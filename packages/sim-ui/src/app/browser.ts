import { effect } from '@preact/signals';
import { commandFor } from '../commands/commands.ts';
import type { SharedSandbox } from '../share/link.ts';
import { loadCatalogue } from '../words/load-catalogue.ts';
import { isRightToLeft, type Locale } from '../words/words.tsx';
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
  followHash(page);
  followLocale(page);
}

function onKey(page: Page, event: KeyboardEvent): void {
  const { view } = page;
  if (event.defaultPrevented || view.dialog.peek()) return;
  if (event.key === 'Escape' && view.trace.peek()) closeTrace(view);
  else {
    const command = commandFor(page, event);
    if (!command) return;
    command.run(page);
  }
  event.preventDefault();
}

/** A link only brings manifests along. Its part behind `#` stays, so that a reload brings them again. */
function followHash({ view }: Page): void {
  const read = (): void => {
    if (new URLSearchParams(location.hash.slice(1)).get('view') === 'class') {
      view.isProjector.value = true;
      view.tab.value = 'class';
    }
    readLink(location.hash).then(
      (link) => (view.link.value = link),
      (error: unknown) => (view.link.value = { problem: error instanceof Error ? error.message : String(error) }),
    );
  };
  addEventListener('hashchange', read);
  read();
}

/** Most pages are opened without one, and need nothing that reads it. */
async function readLink(hash: string): Promise<SharedSandbox | undefined> {
  return hash.includes('s=') ? (await import('../share/link.ts')).decodeLink(hash) : undefined;
}

const LOCALES: readonly Locale[] = Object.freeze(['en', 'he', 'pseudo', 'pseudo-rtl']);

/** The language that was chosen, else the browser's own where we speak it. */
function followLocale({ words }: Page): void {
  const asked =
    new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('language') ?? navigator.language;
  words.locale.value =
    LOCALES.find((locale) => asked === locale) ?? LOCALES.find((locale) => asked.startsWith(`${locale}-`)) ?? 'en';
  effect(() => {
    const locale = words.locale.value;
    localStorage.setItem('language', locale);
    document.documentElement.lang = locale === 'he' ? 'he' : 'en';
    document.documentElement.dir = isRightToLeft(locale) ? 'rtl' : 'ltr';
    void loadCatalogue(locale).then((catalogue) => {
      if (words.locale.peek() === locale) words.catalogue.value = catalogue;
    });
  });
}

function followVisibility({ connection, lesson, timers }: Page): void {
  let cancel = (): void => {};
  document.addEventListener('visibilitychange', () => {
    cancel();
    if (document.hidden) {
      cancel = timers.after(HIDDEN_MS, () => {
        connection.pause();
        lesson.rest();
      });
      return;
    }
    connection.resume();
    connection.retryNow();
    lesson.wake();
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
