import type { Page } from '../app/page.ts';
import { formatTime } from '../words/numbers.ts';
import { goLive, goTo, stepBy } from './timeline-actions.ts';
import { placedMarks } from './timeline-words.ts';

/** What happened so far, on a line: back, forth, and what a mark is. */
export function TimelineBar({ page }: { page: Page }) {
  const { timeline } = page.store.parts;
  const { past } = page.store;
  const { t } = page.words;
  const steps = timeline.value;
  const shown = past.value;
  const last = steps.length - 1;
  const index = shown === undefined ? last : steps.findIndex(({ id }) => id === shown.id);
  const words =
    shown === undefined ? t('timeline.now') : t('timeline.at', { rev: shown.rev, time: formatTime(shown.at) });
  return (
    <section class="timeline" aria-label={t('timeline.region')} dir="ltr">
      <button type="button" disabled={index <= 0} onClick={() => void stepBy(page, -1)}>
        {t('timeline.back')}
      </button>
      <button type="button" disabled={shown === undefined} onClick={() => void stepBy(page, 1)}>
        {t('timeline.forth')}
      </button>
      <time class="timeline__time">{steps[0] ? formatTime(steps[0].at) : ''}</time>
      <div class="timeline__line">
        <input
          type="range"
          aria-label={t('timeline.step')}
          aria-valuetext={words}
          min={0}
          max={Math.max(0, last)}
          value={Math.max(0, index)}
          disabled={steps.length === 0}
          onChange={(event) => {
            const step = steps[Number(event.currentTarget.value)];
            if (step) void goTo(page, step.id);
          }}
        />
        {placedMarks(steps).map(({ step, at, kind, text }) => (
          <button
            key={step.id}
            type="button"
            class="timeline__mark"
            data-kind={kind}
            style={{ insetInlineStart: `${100 * at}%` }}
            title={text}
            aria-label={text}
            aria-pressed={shown?.id === step.id}
            onClick={() => void goTo(page, step.id)}
          />
        ))}
      </div>
      <time class="timeline__time">{words}</time>
      <button type="button" disabled={shown === undefined} onClick={() => goLive(page)}>
        {t('timeline.goNow')}
      </button>
    </section>
  );
}
