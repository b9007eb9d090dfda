import type { Page } from '../app/page.ts';
import { formatTime } from '../words/numbers.ts';
import { goLive } from './timeline-actions.ts';
import { sampleWords } from './timeline-words.ts';

/** Says that what is shown is over, what happened then, and what was counted until then. */
export function PastBar({ page }: { page: Page }) {
  const step = page.store.past.value;
  if (step === undefined) return null;
  const { t, rich } = page.words;
  const samples = step.marks.flatMap(({ sample }) => sample ?? []);
  return (
    <div class="past">
      <span>
        <b>{t('past.words', { rev: step.rev, time: formatTime(step.at) })}</b> {t('past.locked')}{' '}
        {step.marks.length > 0 && <bdi>{step.marks.map(({ text }) => text).join('; ')}.</bdi>}{' '}
        {samples.map((sample) => (
          <span key={sample.canaryIngress} class="past__sample">
            {rich('past.until', { sample: <bdi>{sampleWords(sample, page.words)}</bdi> })}
          </span>
        ))}
      </span>
      <button type="button" onClick={() => goLive(page)}>
        {t('past.now')}
      </button>
    </div>
  );
}
