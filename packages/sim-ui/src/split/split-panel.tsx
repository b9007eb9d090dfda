import type { SplitRow } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import type { Page } from '../app/page.ts';
import { Glyph } from '../map/glyph.tsx';
import { objectKey } from '../state/object-key.ts';
import { type SplitBar, splitWords } from './split-words.ts';

/** The share that the canary really got, beside the one that was configured. */
export function SplitPanel({ page }: { page: Page }) {
  const rows = page.store.parts.split.value;
  const chosen = useSignal(0);
  const row = rows[chosen.value] ?? rows[0];
  return (
    <section class="panel split" aria-labelledby="split-title">
      <div class="panel__head">
        <h2 id="split-title">{page.words.t('split.title')}</h2>
        {rows.length > 1 && (
          <select
            aria-label={page.words.t('split.which')}
            value={chosen.value}
            onChange={(event) => (chosen.value = Number(event.currentTarget.value))}
          >
            {rows.map(({ host, path, canaryIngress }, i) => (
              <option key={`${host}${path}${canaryIngress}`} value={i}>
                {canaryIngress}: {host}
                {path}
              </option>
            ))}
          </select>
        )}
      </div>
      {row ? <Row page={page} row={row} /> : <NoCanary page={page} />}
    </section>
  );
}

function NoCanary({ page }: { page: Page }) {
  return <p class="empty">{page.words.rich('split.none', { annotation: <code dir="ltr">canary: "true"</code> })}</p>;
}

function Row({ page, row }: { page: Page; row: SplitRow }) {
  const words = splitWords(row, page.words);
  const { guess } = page.view;
  const guessed =
    guess.value?.canary === objectKey('Ingress', row.namespace, row.canaryIngress) ? guess.value.of100 : undefined;
  return (
    <>
      <p class="split__figures">
        <bdi class="split__share" dir="ltr" data-small={words.isShare ? undefined : ''}>
          {words.share}
          {words.isShare && <small> %</small>}
        </bdi>
        <span class="split__target">
          <small>{page.words.t('split.target')}</small> <bdi dir="ltr">{words.target} %</bdi>
        </span>
      </p>
      <Bar bar={words.bar} guess={guessed} />
      {guessed !== undefined && <p class="split__guess small">{page.words.t('guess.yours', { guess: guessed })}</p>}
      <p class="split__verdict" data-tone={words.tone}>
        <VerdictMark tone={words.tone} />
        {words.verdict}
      </p>
      <p class="split__facts">
        <bdi dir="ltr">{words.draws}</bdi>
        {words.interval && <bdi dir={row.sticky ? 'auto' : 'ltr'}>{words.interval}</bdi>}
        {words.forced && <bdi>{words.forced}</bdi>}
        {words.errors && (
          <bdi class="split__errors">
            <Glyph name="error" /> {words.errors}
          </bdi>
        )}
      </p>
    </>
  );
}

/** The interval as a band, the share as the canary's square, the target as a line. */
function Bar({ bar, guess }: { bar: SplitBar; guess: number | undefined }) {
  const at = (fraction: number): string => `${Math.min(100, (fraction / bar.end) * 100)}%`;
  return (
    <div class="bar" dir="ltr" aria-hidden="true">
      <div class="bar__track">
        {bar.band && (
          <i
            class="bar__band"
            style={{ insetInlineStart: at(bar.band[0]), inlineSize: `calc(${at(bar.band[1])} - ${at(bar.band[0])})` }}
          />
        )}
        {guess !== undefined && <i class="bar__guess" style={{ insetInlineStart: at(guess / 100) }} />}
        <i class="bar__target" style={{ insetInlineStart: at(bar.target) }} />
        {bar.share !== undefined && <i class="bar__share" style={{ insetInlineStart: at(bar.share) }} />}
      </div>
      <div class="bar__scale">
        <span>0</span>
        <span>{bar.end * 100} %</span>
      </div>
    </div>
  );
}

function VerdictMark({ tone }: { tone: 'ok' | 'error' | 'waiting' }) {
  const path = { ok: 'M3 8.5l3.5 3.5L13 4.5', error: 'M4 4l8 8M12 4l-8 8', waiting: 'M8 4v4.5l3 2' }[tone];
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      {tone === 'waiting' && <circle cx="8" cy="8" r="6.5" />}
      <path d={path} />
    </svg>
  );
}
