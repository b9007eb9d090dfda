import { useSignal } from '@preact/signals';
import { send, startLoad, stopLoad } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { formatCount } from '../words/numbers.ts';
import { curlLine, defaultUrl, parseHeaders, RATES, stopFor } from './load-words.ts';

/** Sends requests: one, a hundred, or a stream of them. */
export function LoadPanel({ page }: { page: Page }) {
  const { load, split } = page.store.parts;
  const [running] = load.value;
  const { t } = page.words;
  const stop = useSignal<number | undefined>(undefined);
  const ownUrl = useSignal<string | undefined>(undefined);
  const headerText = useSignal('');
  const url = ownUrl.value ?? defaultUrl(load.value, split.value, page.derived.objects.value.loadBalancers);
  const rate = RATES[stop.value ?? stopFor(running?.rate ?? 20)] ?? 20;
  const parsed = parseHeaders(headerText.value);
  const headers = 'headers' in parsed ? parsed.headers : {};
  const header = page.derived.objects.value.ingresses.find(({ canary }) => canary?.header)?.canary;
  const placeholder = header ? `${header.header}: ${header.headerValue || 'always'}` : t('load.placeholder');
  const cannot = url === '' || 'wrong' in parsed;
  const run = (newRate: number): void =>
    void startLoad(page, { url, rate: newRate, headers, startedBy: t('load.thisPage') }, running?.id);
  return (
    <section class="panel load" aria-labelledby="load-title">
      <div class="panel__head">
        <h2 id="load-title">{t('load.title')}</h2>
        <output class="small">
          {running ? t('load.sent', { n: formatCount(running.sent), who: running.startedBy }) : t('load.stopped')}
        </output>
      </div>
      <div class="load__row">
        <input
          type="range"
          aria-label={t('load.rate')}
          aria-valuetext={t('load.perSecond', { n: rate })}
          min={0}
          max={RATES.length - 1}
          value={stop.value ?? stopFor(rate)}
          onInput={(event) => (stop.value = Number(event.currentTarget.value))}
          onChange={(event) => running && run(RATES[Number(event.currentTarget.value)] ?? rate)}
        />
        <bdi class="load__rate" dir="ltr">
          {formatCount(rate)}/s
        </bdi>
        {running ? (
          <button type="button" onClick={() => void stopLoad(page)}>
            {t('load.stop')}
          </button>
        ) : (
          <button type="button" class="primary" disabled={cannot} onClick={() => run(rate)}>
            {t('load.run')}
          </button>
        )}
      </div>
      <div class="load__row">
        <button type="button" disabled={cannot} onClick={() => void send(page, { count: 1, url, headers })}>
          {t('load.sendOne')}
        </button>
        <button type="button" disabled={cannot} onClick={() => void send(page, { count: 100, url, headers })}>
          {t('load.sendMany')}
        </button>
        <label class="load__header">
          <span class="visually-hidden">{t('load.headers')}</span>
          <textarea
            rows={1}
            spellcheck={false}
            placeholder={placeholder}
            dir="ltr"
            aria-invalid={'wrong' in parsed}
            value={headerText.value}
            onInput={(event) => (headerText.value = event.currentTarget.value)}
          />
        </label>
      </div>
      {'wrong' in parsed && <p class="wrong">{t('load.noHeader', { line: parsed.wrong })}</p>}
      <label class="load__row load__url">
        <span class="small">{t('load.to')}</span>
        <input
          type="url"
          aria-label={t('load.url')}
          dir="ltr"
          value={url}
          onInput={(event) => (ownUrl.value = event.currentTarget.value)}
        />
      </label>
      <OwnRequest page={page} url={url} headers={headers} />
    </section>
  );
}

/** The same request from one's own terminal. */
function OwnRequest({ page, url, headers }: { page: Page; url: string; headers: Record<string, string> }) {
  const line = curlLine(url, headers, page.store.parts.status.value.http);
  if (line === '') return null;
  return (
    <div class="copyline">
      <code dir="ltr">{line}</code>
      <button type="button" class="quiet" onClick={() => void navigator.clipboard.writeText(line)}>
        {page.words.t('load.copy')}
      </button>
    </div>
  );
}
