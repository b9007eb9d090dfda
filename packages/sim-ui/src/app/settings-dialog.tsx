import type { Key, Locale } from '../words/words.tsx';
import { Dialog } from './dialog.tsx';
import type { Page } from './page.ts';

const THEMES: Readonly<Record<'auto' | 'light' | 'dark', Key>> = {
  auto: 'settings.auto',
  light: 'settings.light',
  dark: 'settings.dark',
};

const LOCALES: Readonly<Record<Locale, string>> = {
  en: 'English',
  he: 'עברית',
  pseudo: 'Ƥşḗŭḓǿ',
  'pseudo-rtl': 'RTL Ƥşḗŭḓǿ',
};

/** What belongs to this browser: colours, language, keys. */
export function SettingsDialog({ page }: { page: Page }) {
  const { view, words } = page;
  return (
    <Dialog page={page} name="settings" title={words.t('settings.title')}>
      <label class="setting">
        {words.t('settings.theme')}
        <select
          value={view.theme.value}
          onChange={(event) => (view.theme.value = event.currentTarget.value as typeof view.theme.value)}
        >
          {Object.entries(THEMES).map(([theme, key]) => (
            <option key={theme} value={theme}>
              {words.t(key)}
            </option>
          ))}
        </select>
      </label>
      <label class="setting">
        {words.t('settings.language')}
        <select
          value={words.locale.value}
          onChange={(event) => (words.locale.value = event.currentTarget.value as Locale)}
        >
          {Object.entries(LOCALES).map(([locale, name]) => (
            <option key={locale} value={locale}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="setting">
        {words.t('settings.letters')}
        <input
          type="checkbox"
          checked={view.hasLetterKeys.value}
          onChange={(event) => (view.hasLetterKeys.value = event.currentTarget.checked)}
        />
      </label>
    </Dialog>
  );
}
