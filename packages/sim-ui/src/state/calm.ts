import { effect, type ReadonlySignal } from '@preact/signals';
import type { Timers } from '../feed/timers.ts';

/** Faster nobody can read, and drawing a thousand lines at each one that a busy log adds keeps the page from all else. */
const CALM_MS = 250;

/**
 * Shows a signal's value now, its changes at once when it has been quiet, otherwise four times a second: the newest, none twice.
 *
 * @returns a function that ends it
 */
export function showCalmly<T>(source: ReadonlySignal<T>, timers: Timers, show: (value: T) => void): () => void {
  let shown = source.peek();
  show(shown);
  let isResting = true;
  let cancel = (): void => {};
  const look = (): void => {
    const newest = source.peek();
    isResting = newest === shown;
    if (isResting) return;
    shown = newest;
    show(newest);
    cancel = timers.after(CALM_MS, look);
  };
  const stop = effect(() => {
    void source.value;
    if (isResting) look();
  });
  return () => {
    stop();
    cancel();
  };
}
