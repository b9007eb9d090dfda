import type { LessonState, ObjectiveState } from '@k8s-ingress-sandbox/sim-core/wire';
import { wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { SourceLink } from '../panels/source-link.tsx';
import { formatTime } from '../words/numbers.ts';
import { evidenceWords } from './evidence-words.ts';
import { ResultMark, resultKey } from './result-mark.tsx';
import { saveAs } from './save-as.ts';

/** Every objective with what was found, and since when: what would be handed in. */
export function GradePanel({ page }: { page: Page }) {
  const lesson = page.lesson.state.value;
  const { t } = page.words;
  if (!lesson) {
    return (
      <p class="empty">
        {t('grade.none')}{' '}
        <button type="button" class="link" onClick={() => (page.view.dialog.value = 'lessons')}>
          {t('lesson.choose')}
        </button>
      </p>
    );
  }
  return (
    <section class="grade" aria-label={lesson.title}>
      <div class="grade__head">
        <h3>{lesson.title}</h3>
        <span class="small">{lesson.isChecking && t('lesson.checking')}</span>
        <button type="button" onClick={() => void save(page, lesson)}>
          {t('grade.export')}
        </button>
        <button type="button" class="quiet" onClick={() => print()}>
          {t('grade.print')}
        </button>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('grade.objective')}</th>
            <th scope="col">{t('grade.result')}</th>
            <th scope="col">{t('grade.points')}</th>
            <th scope="col">{t('grade.evidence')}</th>
            <th scope="col">{t('grade.when')}</th>
          </tr>
        </thead>
        <tbody>
          {lesson.objectives.map((objective) => (
            <Row key={objective.id} page={page} objective={objective} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('grade.total')}
            </th>
            <td>
              <Points points={lesson.score} max={lesson.max} />
            </td>
            <td colSpan={2}>
              {lesson.ungraded > 0 && t('grade.open', { points: lesson.ungraded })} {lesson.remarks.join(' ')}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Row({ page, objective }: { page: Page; objective: ObjectiveState }) {
  const { title, result, points, max, message, evidence, source, since, waitsFor } = objective;
  const { t } = page.words;
  return (
    <tr data-result={result}>
      <th scope="row">{title}</th>
      <td class="grade__result">
        <ResultMark result={result} /> {t(resultKey(result))}
      </td>
      <td>
        <Points points={points} max={max} />
      </td>
      <td>
        {waitsFor.length > 0 ? t('lesson.first', { titles: waitsFor.join(', ') }) : message}{' '}
        {source && <SourceLink page={page} source={{ ...source, column: 1 }} />}
        <ul class="grade__facts">
          {evidenceWords(evidence).map(([fact, value]) => (
            <li key={fact}>
              {fact} <bdi dir="ltr">{value}</bdi>
            </li>
          ))}
        </ul>
      </td>
      <td>{since !== undefined && <time>{formatTime(since)}</time>}</td>
    </tr>
  );
}

function Points({ points, max }: { points: number; max: number }) {
  return (
    <bdi dir="ltr">
      {points} / {max}
    </bdi>
  );
}

async function save(page: Page, { id }: LessonState): Promise<void> {
  try {
    const name = page.progress.name.peek();
    const result = await page.transport.lessonResult();
    const named = name === '' ? result : { ...result, name };
    saveAs(`${id}.json`, `${JSON.stringify(named, undefined, 2)}\n`, 'application/json');
  } catch (error) {
    page.view.notice.value = { text: wordsOf(page.words, error), tone: 'error' };
  }
}
