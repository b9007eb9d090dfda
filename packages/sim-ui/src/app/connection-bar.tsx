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
  return (
    <div class="lost" role="alert">
      <span>
        Connection lost {since} s ago{wait > 0 ? `, retry in ${wait} s` : ', trying'}. What you see is frozen at{' '}
        {formatTime(clusterNow(reading, reading.receivedAt))}; its controls are off until then.
      </span>
      <button type="button" onClick={() => page.connection.retryNow()}>
        Try now
      </button>
    </div>
  );
}
