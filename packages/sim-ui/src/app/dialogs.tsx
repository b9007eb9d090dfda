import { useRef } from 'preact/hooks';
import { Later, type Panel } from '../panels/later.tsx';
import type { DialogName, Page } from './page.ts';

const LOADERS: Readonly<Record<DialogName, () => Promise<Panel>>> = {
  share: async () => (await import('../share/share-dialog.tsx')).ShareDialog,
  settings: async () => (await import('./settings-dialog.tsx')).SettingsDialog,
  keys: async () => (await import('../commands/keys-dialog.tsx')).KeysDialog,
  lessons: async () => (await import('../lesson/lessons-dialog.tsx')).LessonsDialog,
  limits: async () => (await import('../limits/limits-dialog.tsx')).LimitsDialog,
};

/** Every dialog that was opened so far. One stays when it is closed: only then the browser gives the focus back. */
export function Dialogs({ page }: { page: Page }) {
  const opened = useRef(new Set<DialogName>());
  const asked = page.view.dialog.value;
  if (asked) opened.current.add(asked);
  return [...opened.current].map((name) => <Later key={name} page={page} load={LOADERS[name]} />);
}
