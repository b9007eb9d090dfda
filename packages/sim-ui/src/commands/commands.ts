import { resetCluster, send, stopLoad, togglePause } from '../app/actions.ts';
import type { Page, Tab } from '../app/page.ts';
import type { Key } from '../words/words.tsx';

/** Something that can be done from anywhere. */
export interface Command {
  readonly key: Key;
  /** As `aria-keyshortcuts` writes it; '' for none. */
  readonly keys: string;
  run(page: Page): void;
}

const openTab =
  (tab: Tab) =>
  ({ view }: Page): void => {
    view.tab.value = tab;
    queueMicrotask(() => document.getElementById(`tab-${tab}`)?.focus());
  };

/** Every command of the page, with its keys: what the list of keys shows, and what can be chosen from it. */
export const COMMANDS: readonly Command[] = Object.freeze([
  { key: 'command.pause', keys: 'Space', run: togglePause },
  { key: 'command.send', keys: 's', run: (page) => void send(page, { count: 1 }) },
  { key: 'command.stopLoad', keys: '', run: (page) => void stopLoad(page) },
  { key: 'command.requests', keys: 't', run: openTab('requests') },
  { key: 'command.yaml', keys: 'y', run: openTab('yaml') },
  { key: 'command.terminal', keys: 'k', run: openTab('terminal') },
  { key: 'command.logs', keys: 'l', run: openTab('logs') },
  { key: 'command.object', keys: 'd', run: openTab('object') },
  { key: 'command.objects', keys: 'o', run: openTab('objects') },
  { key: 'command.events', keys: 'e', run: openTab('events') },
  {
    key: 'command.lesson',
    keys: 'Control+1',
    run: ({ view }) => (view.isLessonShown.value = !view.isLessonShown.peek()),
  },
  { key: 'command.lessons', keys: '', run: ({ view }) => (view.dialog.value = 'lessons') },
  { key: 'command.grade', keys: 'g', run: openTab('grade') },
  { key: 'command.tall', keys: 'Control+J', run: ({ view }) => (view.isTall.value = !view.isTall.peek()) },
  { key: 'command.region', keys: 'F6', run: () => nextRegion(1) },
  { key: 'command.projector', keys: '', run: ({ view }) => (view.isProjector.value = !view.isProjector.peek()) },
  { key: 'command.share', keys: '', run: ({ view }) => (view.dialog.value = 'share') },
  { key: 'command.settings', keys: '', run: ({ view }) => (view.dialog.value = 'settings') },
  { key: 'command.limits', keys: '', run: ({ view }) => (view.dialog.value = 'limits') },
  { key: 'command.reset', keys: '', run: (page) => void resetCluster(page) },
  { key: 'command.keys', keys: '?', run: ({ view }) => (view.dialog.value = 'keys') },
]);

/** Regions in the order of the page; F6 goes from one to the next. */
const REGIONS = '.top, .lesson, .centre, .side, .workbench';

export function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + step + regions.length) % regions.length];
  next?.querySelector<HTMLElement>('button:not(:disabled), input, select, [tabindex="0"]')?.focus();
}

/** Single letters act where nothing is written: on the map, in lists; they can be switched off (WCAG 2.1.4). */
export function commandFor(page: Page, event: KeyboardEvent): Command | undefined {
  if (event.key === 'F6') {
    const step = event.shiftKey ? -1 : 1;
    return { key: 'command.region', keys: 'F6', run: () => nextRegion(step) };
  }
  if (event.ctrlKey && !event.altKey && !event.metaKey)
    return COMMANDS.find(({ keys }) => keys === `Control+${event.key.toUpperCase()}`);
  if (event.ctrlKey || event.altKey || event.metaKey || !page.view.hasLetterKeys.peek()) return undefined;
  const target = event.target as HTMLElement;
  if (!target.closest('.map, .rows, .objects') || target.closest('input, textarea, select')) return undefined;
  const key = event.key === ' ' ? 'Space' : event.key;
  // Space presses the button that has the focus.
  if (key === 'Space' && target.closest('button')) return undefined;
  return COMMANDS.find(({ keys }) => keys === (key === ':' ? '?' : key));
}
