import type { LessonState, ObjectiveState } from '@k8s-ingress-sandbox/sim-core/wire';
import { resetCluster } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { SourceLink } from '../panels/source-link.tsx';
import { ResultMark, resultKey } from './result-mark.tsx';

/** What there is to do in this cluster, and how far it is done. */
export function LessonPanel({ page }: { page: Page }) {
  const lesson = page.lesson.state.value;
  if (!lesson) return null;
  const { t } = page.words;
  const { objectives, place } = lesson;
  const isDone = objectives.every(({ result }) => result === 'pass');
  return (
    <aside class="lesson" aria-label={t('lesson.region')} aria-busy={lesson.isChecking}>
      <p class="lesson__place">
        <span>{place && t('lesson.place', { ...place })}</span>
        <span>{lesson.isChecking ? t('lesson.checking') : t('lesson.points', pointsOf(lesson))}</span>
      </p>
      <h2>{unbroken(lesson.title)}</h2>
      <p class="lesson__story">{lesson.story}</p>
      {isDone && <Done page={page} lesson={lesson} />}
      <ol class="objectives">
        {objectives.map((objective) => (
          <Objective key={objective.id} page={page} objective={objective} isNext={objective === nextOf(objectives)} />
        ))}
      </ol>
      {page.store.role.value !== 'viewer' && <Buttons page={page} />}
    </aside>
  );
}

function Buttons({ page }: { page: Page }) {
  const { t } = page.words;
  return (
    <div class="lesson__buttons">
      <button type="button" onClick={() => void page.lesson.check()}>
        {t('lesson.check')}
      </button>
      <button type="button" class="quiet" onClick={() => void resetCluster(page)}>
        {t('lesson.reset')}
      </button>
    </div>
  );
}

function pointsOf({ score: points, objectives }: LessonState): { points: number; max: number } {
  return { points, max: objectives.reduce((sum, { max }) => sum + max, 0) };
}

function nextOf(objectives: readonly ObjectiveState[]): ObjectiveState | undefined {
  return objectives.find(({ result }) => result === 'not-yet' || result === 'could-not-check');
}

function Objective({ page, objective, isNext }: { page: Page; objective: ObjectiveState; isNext: boolean }) {
  const { title, result, message, remark, waitsFor, source } = objective;
  const { t } = page.words;
  return (
    <li class="objective" data-result={result}>
      <ResultMark result={result} />
      <div>
        <p class="objective__title">{unbroken(title)}</p>
        <p class="objective__message">
          <b>{t(resultKey(result))}</b>{' '}
          {waitsFor.length > 0 ? t('lesson.first', { titles: waitsFor.join(', ') }) : result !== 'pass' && message}{' '}
          {source && <SourceLink page={page} source={{ ...source, column: 1 }} />}
        </p>
        {remark && <p class="objective__message">{remark}</p>}
        {isNext && <Hints page={page} objective={objective} />}
      </div>
    </li>
  );
}

/** `5 %` stays on one line. */
function unbroken(text: string): string {
  return text.replaceAll(' %', '\u00a0%');
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

/** What comes after: the next lesson, or this one from its beginning where somebody else has solved it. */
function Done({ page, lesson }: { page: Page; lesson: LessonState }) {
  const { t } = page.words;
  const { isGiven, id, next } = lesson;
  const target = isGiven ? id : next?.id;
  const ask = (): void => {
    page.view.lesson.value = target;
    page.view.dialog.value = 'lessons';
  };
  return (
    <div class="lesson__done">
      <p>
        <b>{t(isGiven ? 'lesson.given' : 'lesson.done')}</b>
      </p>
      {target !== undefined && page.store.role.value !== 'viewer' && (
        <button type="button" class="primary" onClick={ask}>
          {isGiven ? t('lesson.yourself') : t('lesson.next', { title: next?.title ?? '' })}
        </button>
      )}
    </div>
  );
}
