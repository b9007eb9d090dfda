import type { LessonState, ObjectiveState } from '@k8s-ingress-sandbox/sim-core/wire';
import { resetCluster } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import type { Key } from '../words/words.tsx';

const RESULTS: Readonly<Record<ObjectiveState['result'], Key>> = {
  pass: 'lesson.pass',
  'not-yet': 'lesson.notYet',
  'could-not-check': 'lesson.couldNotCheck',
  blocked: 'lesson.blocked',
};

/** What there is to do in this scenario, and how far it is done. */
export function LessonPanel({ page }: { page: Page }) {
  const lesson = page.lesson.state.value;
  if (!lesson) return null;
  const { t } = page.words;
  const { objectives } = lesson;
  const done = objectives.filter(({ result }) => result === 'pass').length;
  return (
    <aside class="lesson" aria-label={t('lesson.region')}>
      <p class="lesson__place">
        {t('lesson.place', {
          n: lesson.lessons.findIndex(({ id }) => id === lesson.id) + 1,
          of: lesson.lessons.length,
        })}
      </p>
      <h2>{lesson.title}</h2>
      <p class="lesson__story">{lesson.story}</p>
      <ol class="objectives">
        {objectives.map((objective) => (
          <Objective key={objective.id} page={page} objective={objective} isNext={objective === nextOf(objectives)} />
        ))}
      </ol>
      {done === objectives.length && <Done page={page} lesson={lesson} />}
      <div class="lesson__buttons">
        <button type="button" onClick={() => void page.lesson.look()}>
          {t('lesson.check')}
        </button>
        <button type="button" class="quiet" onClick={() => void resetCluster(page)}>
          {t('lesson.reset')}
        </button>
      </div>
    </aside>
  );
}

function nextOf(objectives: readonly ObjectiveState[]): ObjectiveState | undefined {
  return objectives.find(({ result }) => result === 'not-yet' || result === 'could-not-check');
}

function Objective({ page, objective, isNext }: { page: Page; objective: ObjectiveState; isNext: boolean }) {
  const { title, result, message, progress } = objective;
  const { t } = page.words;
  return (
    <li class="objective" data-result={result}>
      <ResultMark result={result} />
      <div>
        <p class="objective__title">{title}</p>
        <p class="objective__message">
          <b>{t(RESULTS[result])}</b> {message}
        </p>
        {progress && <progress value={progress.done} max={progress.of} aria-label={title} />}
        {isNext && <Hints page={page} objective={objective} />}
      </div>
    </li>
  );
}

function Hints({ page: { lesson, words }, objective }: { page: Page; objective: ObjectiveState }) {
  const { hints, id } = objective;
  const shown = lesson.hints.value.get(id) ?? 0;
  return (
    <>
      {hints.slice(0, shown).map((hint) => (
        <p key={hint} class="objective__hint">
          {hint}
        </p>
      ))}
      {shown < hints.length && (
        <button type="button" class="link" onClick={() => lesson.hint(objective)}>
          {words.t('lesson.hint', { n: shown + 1, of: hints.length })}
        </button>
      )}
    </>
  );
}

/** A tick, a ring, a question mark, a bar: told apart without their colours. */
function ResultMark({ result }: { result: ObjectiveState['result'] }) {
  const paths = {
    pass: 'M4 8.5l3 3 5-6.5',
    'not-yet': '',
    'could-not-check': 'M6 6.2a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1M8 11.6v.1',
    blocked: 'M5 8h6',
  };
  return (
    <svg class="objective__mark" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path d={paths[result]} />
    </svg>
  );
}

function Done({ page: { words }, lesson: { next } }: { page: Page; lesson: LessonState }) {
  return (
    <div class="lesson__done">
      <p>
        <b>{words.t('lesson.done')}</b> {next && words.t('lesson.next', { title: next.title })}
      </p>
      {next && <code dir="ltr">npx k8s-ingress-sandbox {next.id}</code>}
    </div>
  );
}
