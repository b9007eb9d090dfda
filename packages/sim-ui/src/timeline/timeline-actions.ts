import { batch } from '@preact/signals';
import { closeTrace, wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';

/** Shows the cluster as it was at a step, with the requests up to then; nothing can be changed there. */
export async function goTo(page: Page, step: number): Promise<void> {
  const { store, transport, live, view } = page;
  const known = store.parts.timeline.peek().find(({ id }) => id === step);
  if (known === undefined) return;
  view.wantedStep.value = step;
  try {
    const [past, samples] = await Promise.all([transport.past(step), transport.traces(Math.max(1, known.request))]);
    // Somebody who clicks on does not wait for every answer.
    if (view.wantedStep.peek() !== step) return;
    batch(() => {
      closeTrace(view);
      live.showPast(past, known.request === 0 ? [] : samples);
    });
  } catch (error) {
    view.notice.value = { text: wordsOf(page.words, error), tone: 'error' };
  }
}

/** One step back or forth; the newest one is the present. */
export async function stepBy(page: Page, by: -1 | 1): Promise<void> {
  const { past, parts } = page.store;
  const steps = parts.timeline.peek();
  const newest = steps.length - 1;
  const at = past.peek() === undefined ? newest : steps.findIndex(({ id }) => id === past.peek()?.id);
  const next = steps[at + by];
  if (by === 1 && at + by >= newest) goLive(page);
  else if (next !== undefined) await goTo(page, next.id);
}

export function goLive({ live, view }: Page): void {
  view.wantedStep.value = undefined;
  live.showPresent();
}
