import { effect } from '@preact/signals';
import type { Store } from '../state/store.ts';
import type { Transport } from '../transport/transport.ts';
import type { LessonSession } from './lesson-session.ts';
import type { Progress } from './progress.ts';

/** What the page's progress is made from. */
export interface ProgressParts {
  readonly lesson: LessonSession;
  readonly progress: Progress;
  readonly transport: Transport;
  readonly store: Store;
}

/** Keeps every result that is better than what was reached before. Who only looks, and who was given the solution, gets none. */
export function recordProgress({ lesson, progress, transport, store }: ProgressParts): void {
  effect(() => {
    const state = lesson.state.value;
    if (!state || state.isChecking || state.isGiven || state.ungraded > 0 || state.max === 0) return;
    const known = progress.all.peek().get(state.id);
    const isBetter = known === undefined || state.score * known.max > known.score * state.max;
    if (!isBetter || store.role.peek() === 'viewer') return;
    transport.lessonResult().then(
      (result) => progress.record(result, new Date().toISOString()),
      () => {}, // the sandbox has gone: the next look finds it better again
    );
  });
}
