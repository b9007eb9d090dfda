import type { TraceSample } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { openTrace } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { Glyph, type GlyphName } from '../map/glyph.tsx';
import { formatCount, formatMilliseconds, formatTime } from '../words/numbers.ts';
import { Later } from './later.tsx';

const loadTracePanel = async () => (await import('./trace-panel.tsx')).TracePanel;

type Filter = 'all' | 'canary' | 'errors';

const FILTERS: readonly Filter[] = Object.freeze(['all', 'canary', 'errors']);
const ROWS = 60;

/** Requests that the feed shows, and the explanation of one. */
export function RequestsPanel({ page }: { page: Page }) {
  return (
    <div class="requests">
      <RequestList page={page} />
      {page.view.trace.value ? <Later page={page} load={loadTracePanel} /> : <NoTrace page={page} />}
    </div>
  );
}

function NoTrace({ page: { words } }: { page: Page }) {
  return (
    <div class="trace trace--empty">
      <p>
        <b>{words.t('trace.why')}</b> {words.t('trace.click')}
      </p>
    </div>
  );
}

function RequestList({ page }: { page: Page }) {
  const filter = useSignal<Filter>('all');
  const held = useSignal(false);
  const rows = useRef<readonly TraceSample[]>([]);
  const samples = page.store.parts.samples.value;
  const dropped = page.store.parts.samplesDropped.value;
  const { t } = page.words;
  const note = dropped === 0 ? t('requests.note') : t('requests.dropped', { n: formatCount(dropped) });
  // A row must not run away from the pointer or the focus that is on it.
  if (!held.value) rows.current = samples;
  const shown = rows.current.filter((sample) => matches(sample, filter.value)).slice(0, ROWS);
  return (
    <div class="requests__list">
      <div class="requests__head">
        <fieldset class="segmented" aria-label={t('requests.which')}>
          {FILTERS.map((one) => (
            <button key={one} type="button" aria-pressed={filter.value === one} onClick={() => (filter.value = one)}>
              {t(`requests.${one}`)}
            </button>
          ))}
        </fieldset>
        <span class="small">{held.value ? t('requests.held') : note}</span>
      </div>
      {shown.length === 0 && <p class="empty">{t(samples.length === 0 ? 'requests.none' : 'requests.noneOfThese')}</p>}
      <ol
        class="rows"
        onMouseEnter={() => (held.value = true)}
        onMouseLeave={() => (held.value = false)}
        onFocusCapture={() => (held.value = true)}
        onBlurCapture={() => (held.value = false)}
      >
        {shown.map((sample) => (
          <li key={sample.id}>
            <RequestRow page={page} sample={sample} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function RequestRow({ page, sample }: { page: Page; sample: TraceSample }) {
  const { id, at, method, url, status, milliseconds, decision } = sample;
  const isOpen = page.view.trace.value?.id === id;
  return (
    <button type="button" class="row" dir="ltr" aria-pressed={isOpen} onClick={() => void openTrace(page, id)}>
      <Glyph name={glyphOf(sample)} />
      <span class="row__time">{formatTime(at)}</span>
      <span class="row__url">
        {method} {url}
      </span>
      <span class="row__status" data-tone={status >= 500 ? 'error' : undefined}>
        {status}
      </span>
      <span class="row__ms">{formatMilliseconds(milliseconds)}</span>
      <span class="row__decision">{decision === 'none' ? '' : decision}</span>
    </button>
  );
}

function glyphOf({ status, isCanary }: TraceSample): GlyphName {
  if (status >= 500) return 'error';
  return isCanary ? 'canary' : 'main';
}

function matches({ status, isCanary }: TraceSample, filter: Filter): boolean {
  return filter === 'all' || (filter === 'canary' ? isCanary : status >= 500);
}
