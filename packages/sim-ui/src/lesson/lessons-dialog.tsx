import type { LessonList } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { wordsOf } from '../app/actions.ts';
import { Dialog } from '../app/dialog.tsx';
import type { Page } from '../app/page.ts';
import { ConfirmLesson } from './confirm-lesson.tsx';
import { ProgressForm } from './progress-form.tsx';
import { ResultMark } from './result-mark.tsx';

/** Every lesson that there is, those done ticked; one that is chosen says what it replaces before it is loaded. */
export function LessonsDialog({ page }: { page: Page }) {
  return (
    <Dialog page={page} name="lessons" title={page.words.t('lessons.title')}>
      <Contents page={page} />
    </Dialog>
  );
}

function Contents({ page }: { page: Page }) {
  const list = useSignal<LessonList | { reason: string } | undefined>(undefined);
  const { lesson: asked } = page.view;
  useEffect(() => {
    page.transport.lessons().then(
      (found) => (list.value = found),
      (error: unknown) => (list.value = { reason: wordsOf(page.words, error) }),
    );
    return () => {
      asked.value = undefined;
    };
  }, [page, list, asked]);
  const found = list.value;
  if (found === undefined) return null;
  if ('reason' in found) return <p class="wrong">{page.words.t('lessons.unknown', found)}</p>;
  const chosen = found.lessons.find(({ id }) => id === asked.value);
  if (chosen) return <ConfirmLesson page={page} lesson={chosen} replaces={found.replaces} />;
  return (
    <>
      <Rows page={page} lessons={found.lessons} />
      <ProgressForm page={page} />
    </>
  );
}

function Rows({ page, lessons }: { page: Page; lessons: LessonList['lessons'] }) {
  const running = page.lesson.state.value?.id;
  return (
    <ol class="lessons" onKeyDown={walk}>
      {lessons.map(({ id, title }) => (
        <li key={id}>
          <button
            type="button"
            class="quiet"
            aria-current={id === running ? 'true' : undefined}
            onClick={() => (page.view.lesson.value = id)}
          >
            <ResultMark result={page.progress.isSolved(id) ? 'pass' : 'not-yet'} />
            <span class="lessons__title">{title}</span>
            <span class="small">{standing(page, id, id === running)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function standing({ progress, words }: Page, id: string, isRunning: boolean): string {
  const attempt = progress.all.value.get(id);
  const reached = progress.isSolved(id)
    ? words.t('lessons.solved')
    : attempt && words.t('lessons.begun', { points: attempt.score, max: attempt.max });
  return [isRunning && words.t('lessons.current'), reached].filter(Boolean).join(' · ');
}

/** The arrows go from one to the next. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...(event.currentTarget as Element).querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
