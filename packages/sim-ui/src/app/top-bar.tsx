import { clusterNow } from '../state/cluster-clock.ts';
import { formatTime } from '../words/numbers.ts';
import { togglePause } from './actions.ts';
import { Logo } from './logo.tsx';
import type { Page } from './page.ts';
import { useNow } from './use-now.ts';

/** Numbers older than this are called old. */
const STALE_MS = 2000;

export function TopBar({ page }: { page: Page }) {
  const { t } = page.words;
  const { dialog, isProjector, isLessonShown } = page.view;
  const isFrozen = page.store.frozenAt.value !== undefined;
  return (
    <header class="top">
      <Logo />
      <h1 class="top__name">
        <bdi dir="ltr">k8s-ingress-sandbox</bdi>
      </h1>
      <Picker page={page} />
      <Simulated page={page} />
      {page.store.role.value === 'viewer' && <span class="badge badge--viewer">{t('top.readOnly')}</span>}
      <span class="top__space" />
      <Freshness page={page} />
      <button type="button" aria-pressed={isFrozen} onClick={() => togglePause(page)}>
        {t(isFrozen ? 'top.live' : 'top.pause')}
      </button>
      <nav class="top__more" aria-label={t('top.more')}>
        {page.lesson.state.value && (
          <button
            type="button"
            class="quiet"
            aria-pressed={isLessonShown.value}
            onClick={() => (isLessonShown.value = !isLessonShown.value)}
          >
            {t('lesson.region')}
          </button>
        )}
        <button
          type="button"
          class="quiet"
          aria-pressed={isProjector.value}
          onClick={() => (isProjector.value = !isProjector.value)}
        >
          {t('top.projector')}
        </button>
        <button type="button" class="quiet" onClick={() => (dialog.value = 'share')}>
          {t('top.share')}
        </button>
        <button type="button" class="quiet" onClick={() => (dialog.value = 'settings')}>
          {t('top.settings')}
        </button>
        <button type="button" class="quiet" aria-keyshortcuts="?" onClick={() => (dialog.value = 'keys')}>
          {t('top.keys')}
        </button>
      </nav>
    </header>
  );
}

/** What runs here; a click shows what else there is. */
function Picker({ page }: { page: Page }) {
  const { scenario } = page.store.parts.status.value;
  const name = page.lesson.state.value?.title ?? scenario;
  if (page.store.role.value === 'viewer') return name ? <bdi class="top__scenario">{name}</bdi> : null;
  return (
    <button
      type="button"
      class="quiet top__scenario"
      aria-haspopup="dialog"
      aria-label={`${page.words.t('lesson.choose')}: ${name}`}
      onClick={() => (page.view.dialog.value = 'lessons')}
    >
      <bdi class="top__title">{name || page.words.t('lesson.choose')}</bdi>
      <span aria-hidden="true">▾</span>
    </button>
  );
}

/** The badge that says what this is not; behind it stands where it differs from the real thing. */
function Simulated({ page }: { page: Page }) {
  const [first = '', ...more] = page.store.parts.status.value.deviations;
  const label = `${page.words.t('limits.badge')} ${[first, ...more].join('; ')}`;
  return (
    <button
      type="button"
      class="badge"
      aria-haspopup="dialog"
      aria-label={label}
      title={label}
      onClick={() => (page.view.dialog.value = 'limits')}
    >
      {page.words.t('limits.badge')} {first}
      {more.length > 0 && <span class="badge__more">; {more.join('; ')}</span>}
    </button>
  );
}

/** How old the numbers are, in words and a shape. */
function Freshness({ page }: { page: Page }) {
  const { connection, clock, frozenAt } = page.store;
  const { t } = page.words;
  const now = useNow(page, 500);
  const reading = clock.value;
  const frozen = frozenAt.value;
  const age = Math.max(0, now - reading.receivedAt);
  if (connection.value.phase === 'connecting') return <span class="freshness">{t('top.connecting')}</span>;
  if (frozen !== undefined) {
    const behind = Math.round((now - frozen) / 1000);
    return (
      <span class="freshness" data-state="frozen">
        {t('top.behind', { seconds: behind })}
      </span>
    );
  }
  const isStale = age > STALE_MS || connection.value.phase !== 'live';
  return (
    <span class="freshness" data-state={isStale ? 'stale' : 'live'}>
      {isStale ? t('top.stale', { seconds: Math.round(age / 1000) }) : t('top.live')}
      <time class="freshness__clock">{formatTime(clusterNow(reading, now))}</time>
    </span>
  );
}
