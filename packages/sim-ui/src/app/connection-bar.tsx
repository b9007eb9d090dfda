import { clusterNow } from '../state/cluster-clock.ts';
import { formatTime } from '../words/numbers.ts';
import type { Page } from './page.ts';
import { useNow } from './use-now.ts';

/** What a lost connection means for what is still shown. */
export function ConnectionBar({ page }: { page: Page }) {
  const { connection, clock, ready } = page.store;
  const state = connection.value;
  const now = useNow(page, state.phase === 'lost' ? 250 : 0);
  if (state.phase !== 'lost' || !ready.value) return null;
  const since = Math.max(0, Math.round((now - state.since) / 1000));
  const wait = Math.max(0, Math.ceil((state.retryAt - now) / 1000));
  const reading = clock.value;
  const { t } = page.words;
  return (
    <div class="lost" role="alert">
      <span>
        {wait > 0 ? t('lost.retry', { since, wait }) : t('lost.trying', { since })}{' '}
        {t('lost.frozen', { time: formatTime(clusterNow(reading, reading.receivedAt)) })}
      </span>
      <button type="button" onClick={() => page.connection.retryNow()}>
        {t('lost.now')}
      </button>
    </div>
  );
}
