import type { LessonList } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { attempt, loadLesson } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { saveAs } from './save-as.ts';

interface ConfirmProps {
  page: Page;
  lesson: LessonList['lessons'][number];
  /** How many of the user's objects go. */
  replaces: number;
}

/** What loading a lesson does, before it does it. */
export function ConfirmLesson({ page, lesson: { id, title, story }, replaces }: ConfirmProps) {
  const { t, count } = page.words;
  const isBusy = useSignal(false);
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), [id]);
  const load = async (): Promise<void> => {
    isBusy.value = true;
    await loadLesson(page, id);
    isBusy.value = false;
  };
  const keep = async (): Promise<void> => {
    const answer = await attempt(page, page.transport.call<{ manifests: string }>('GET', '/export'));
    if (answer) saveAs('mine.yaml', answer.manifests, 'application/yaml');
  };
  return (
    <>
      <h3>{t('lessons.load', { title })}</h3>
      <p>{story}</p>
      <p>{count('lessons.replaces', replaces)}</p>
      <div class="lesson__buttons">
        <button ref={yes} type="button" class="primary" disabled={isBusy.value} onClick={() => void load()}>
          {t('lessons.yes')}
        </button>
        <button type="button" onClick={() => void keep()}>
          {t('lessons.keep')}
        </button>
        <button type="button" class="quiet" onClick={() => (page.view.lesson.value = undefined)}>
          {t('lessons.back')}
        </button>
      </div>
    </>
  );
}
