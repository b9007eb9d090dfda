import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import { formatCount, formatPercent } from '../words/numbers.ts';
import type { Chart } from './plot.ts';
import type { TrafficPoint } from './traffic-history.ts';

/** Rows of the table: the last minute in steps of ten seconds. */
const ROWS = 6;
const ROW_POINTS = 10;

/** Requests a second and the canary's share over ten seconds: a chart, its sentence, and the same as a table. */
export function TrafficChart({ page }: { page: Page }) {
  const { t } = page.words;
  const points = page.store.traffic.value;
  const [row] = page.store.parts.split.value;
  const last = points.at(-1);
  const per = Math.max(1, Math.round(10 * (last?.rate ?? 0)));
  const p = row ? row.weight / row.weightTotal : 0;
  const usual = (1.96 * Math.sqrt((p * (1 - p)) / per) * 100).toFixed(1);
  return (
    <figure class="chart__figure">
      <Plot points={points} />
      <figcaption class="small">
        {last === undefined
          ? t('chart.none')
          : t('chart.now', {
              rate: formatCount(Math.round(last.rate)),
              errors: formatCount(Math.round(last.errors)),
              share: shareWords(last.share),
            })}{' '}
        {row && last !== undefined && last.rate > 0 && t('chart.usual', { n: formatCount(per), points: usual })}
      </figcaption>
      <PointTable page={page} points={points} />
    </figure>
  );
}

/** The chart library comes with the first chart. */
function Plot({ points }: { points: readonly TrafficPoint[] }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | undefined>(undefined);
  const newest = useRef(points);
  newest.current = points;
  useEffect(() => {
    let isGone = false;
    void import('./plot.ts').then(({ drawChart }) => {
      if (isGone || !place.current) return;
      chart.current = drawChart(place.current);
      chart.current.show(newest.current);
    });
    return () => {
      isGone = true;
      chart.current?.remove();
    };
  }, []);
  useEffect(() => chart.current?.show(points), [points]);
  return <div class="chart__plot" ref={place} dir="ltr" aria-hidden="true" />;
}

function PointTable({ page: { words }, points }: { page: Page; points: readonly TrafficPoint[] }) {
  const rows = Array.from({ length: ROWS }, (_, i) => points.at(-1 - i * ROW_POINTS)).filter(
    (point) => point !== undefined,
  );
  return (
    <table class="chart__table">
      <thead>
        <tr>
          <th scope="col">{words.t('chart.ago')}</th>
          <th scope="col">{words.t('chart.rate')}</th>
          <th scope="col">{words.t('chart.failed')}</th>
          <th scope="col">{words.t('chart.share')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, rate, errors, share }, i) => (
          <tr key={at}>
            <td>{i * ROW_POINTS}</td>
            <td>{formatCount(Math.round(rate))}</td>
            <td>{formatCount(Math.round(errors))}</td>
            <td>{shareWords(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shareWords(share: number | null): string {
  return share === null ? '—' : `${formatPercent(share)} %`;
}
