import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { splitWords } from '../split/split-words.ts';
import { Announcements } from './announcements.ts';
import type { Page } from './page.ts';

const SHOWN_MS = 6000;

/** The short answer to what somebody just did. */
export function Notice({ page }: { page: Page }) {
  const { notice } = page.view;
  useSignalEffect(() => {
    const shown = notice.value;
    if (!shown) return undefined;
    return page.timers.after(SHOWN_MS, () => {
      if (notice.peek() === shown) notice.value = undefined;
    });
  });
  const shown = notice.value;
  if (!shown) return null;
  return (
    <p class="notice" data-tone={shown.tone}>
      {shown.text}
      <button
        type="button"
        class="quiet"
        aria-label={page.words.t('notice.close')}
        onClick={() => (notice.value = undefined)}
      >
        ×
      </button>
    </p>
  );
}

/** The page's one status region: results, connection, addresses, verdicts; never the running numbers. */
export function Announcer({ page }: { page: Page }) {
  const text = useSignal('');
  const announcements = useMemo(() => new Announcements(page.timers, (words) => (text.value = words)), [page, text]);
  const { store, view, derived } = page;
  const { t } = page.words;
  const phase = useComputed(() => store.connection.value.phase);
  const verdict = useComputed(() =>
    store.parts.split.value.map((row) => `${row.canaryIngress}: ${splitWords(row, page.words).verdict}`).join(', '),
  );
  const addresses = useComputed(() =>
    derived.objects.value.loadBalancers
      .map(({ name, hostname }) => (hostname ? t('notice.address', { name }) : ''))
      .join(' '),
  );
  useSignalEffect(() => sayUnlessEmpty(announcements, view.notice.value?.text ?? ''));
  useSignalEffect(() =>
    sayUnlessEmpty(
      announcements,
      phase.value === 'lost' ? t('notice.lost') : phase.value === 'live' ? t('notice.connected') : '',
    ),
  );
  useSignalEffect(() => {
    const title = page.lesson.reached.value;
    sayUnlessEmpty(announcements, title && `${page.words.t('lesson.pass')} ${title}`);
  });
  useSignalEffect(() => sayUnlessEmpty(announcements, verdict.value));
  useSignalEffect(() => sayUnlessEmpty(announcements, addresses.value.trim()));
  return (
    <p role="status" class="visually-hidden">
      {text.value}
    </p>
  );
}

function sayUnlessEmpty(announcements: Announcements, text: string): void {
  if (text !== '') announcements.say(text);
}
