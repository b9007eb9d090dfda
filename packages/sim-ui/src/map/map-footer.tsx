import type { Page } from '../app/page.ts';
import { Glyph } from './glyph.tsx';

/** What the shapes mean, and the plain sentence of what is configured. */
export function MapFooter({ page }: { page: Page }) {
  const { view } = page;
  const { t } = page.words;
  const isList = view.mapForm.value === 'list';
  return (
    <footer class="map__footer">
      <p class="map__sentence">
        <Sentence page={page} />
      </p>
      <ul class="legend" aria-label={t('map.legend')}>
        <li>
          <Glyph name="main" /> {t('map.main')}
        </li>
        <li>
          <Glyph name="canary" /> {t('map.canary')}
        </li>
        <li>
          <Glyph name="error" /> {t('map.error')}
        </li>
        <DotLegend page={page} />
      </ul>
      <QualityNote page={page} />
      <button type="button" class="quiet" onClick={() => (view.mapForm.value = isList ? 'map' : 'list')}>
        {t(isList ? 'map.toMap' : 'map.toList')}
      </button>
    </footer>
  );
}

function DotLegend({ page }: { page: Page }) {
  // The scale changes with the rates, so it is read with them.
  void page.store.rates.value;
  const requests = page.dots.requestsPerDot;
  return <li class="legend__scale">{page.words.count('map.dot', requests)}</li>;
}

/** Says that dots were given up to keep the page quick, and gives them back. */
function QualityNote({ page }: { page: Page }) {
  const { dotQuality } = page.view;
  if (dotQuality.value === 'full') return null;
  return (
    <p class="map__quality">
      {page.words.t(dotQuality.value === 'half' ? 'map.half' : 'map.lines')}{' '}
      <button type="button" class="quiet" onClick={() => (dotQuality.value = 'full')}>
        {page.words.t('map.again')}
      </button>
    </p>
  );
}

/** One line that says what there is to see now. */
function Sentence({ page }: { page: Page }) {
  const { t, rich } = page.words;
  const { objects } = page.derived;
  const { split } = page.store.parts;
  const balancers = objects.value.loadBalancers;
  if (balancers.length > 0 && balancers.every(({ state }) => state === 'pending')) return <>{t('map.waiting')}</>;
  if (balancers.length === 0) return <>{t('map.noBalancer')}</>;
  const [row] = split.value;
  if (!page.view.knowsDots.value || !row)
    return (
      <>
        {t('map.dots')} <b>{t('map.click')}</b>
      </>
    );
  return (
    <>
      {rich('map.sentence', {
        path: <bdi dir="ltr">{row.path}</bdi>,
        service: <bdi dir="ltr">{row.service}</bdi>,
        share: <b>{t('map.share', { weight: row.weight, total: row.weightTotal })}</b>,
        canary: <bdi dir="ltr">{row.canaryService}</bdi>,
      })}
    </>
  );
}
