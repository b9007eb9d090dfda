import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { showCalmly } from '../state/calm.ts';
import type { Page } from './page.ts';

/** What a signal says, for a component that is dear to draw: a few times a second, however often it changes. */
export function useCalm<T>({ timers }: Page, source: ReadonlySignal<T>): T {
  const shown = useSignal(source.peek());
  useEffect(() => showCalmly(source, timers, (value) => (shown.value = value)), [source, timers, shown]);
  return shown.value;
}
