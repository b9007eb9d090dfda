import { useSignal } from '@preact/signals';
import { send, startLoad, stopLoad } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { formatCount } from '../words/numbers.ts';
import { curlLine, defaultUrl, parseHeaders, RATES, stopFor } from './load-words.ts';

/** Sends requests: one, a hundred, or a stream of them. */
export function LoadPanel({ page }: { page: Page }) {
  const { load, split } = page.store.parts;
  const [running] = load.value;
  const stop = useSignal<number | undefined>(undefined);
  const ownUrl = useSignal<string | undefined>(undefined);
  const headerText = useSignal('');
  const url = ownUrl.value ?? defaultUrl(load.value, split.value, page.derived.objects.value.loadBalancers);
  const rate = RATES[stop.value ?? stopFor(running?.rate ?? 20)] ?? 20;
  const parsed = parseHeaders(headerText.value);
  const headers = 'headers' in parsed ? parsed.headers : {};
  const header = page.derived.objects.value.ingresses.find(({ canary }) => canary?.header)?.canary;
  const placeholder = header ? `${header.header}: ${header.headerValue || 'always'}` : 'Name: value';
  const cannot = url === '' || 'wrong' in parsed;
  const run = (newRate: number): void =>
    void startLoad(page, { url, rate: newRate, headers, startedBy: 'this page' }, running?.id);
  return (
    <section class="panel load" aria-labelledby="load-title">
      <div class="panel__head">
        <h2 id="load-title">Traffic</h2>
        <output class="small">
          {running ? `${formatCount(running.sent)} sent, by ${running.startedBy}` : 'stopped'}
        </output>
      </div>
      <div class="load__row">
        <input
          type="range"
          aria-label="Requests a second"
          aria-valuetext={`${rate} a second`}
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
            Stop
          </button>
        ) : (
          <button type="button" class="primary" disabled={cannot} onClick={() => run(rate)}>
            Run
          </button>
        )}
      </div>
      <div class="load__row">
        <button type="button" disabled={cannot} onClick={() => void send(page, { count: 1, url, headers })}>
          Send 1
        </button>
        <button type="button" disabled={cannot} onClick={() => void send(page, { count: 100, url, headers })}>
          Send 100
        </button>
        <label class="load__header">
          <span class="visually-hidden">Headers, one a line</span>
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
      {'wrong' in parsed && <p class="wrong">“{parsed.wrong}” is not a header. Write Name: value.</p>}
      <label class="load__row load__url">
        <span class="small">to</span>
        <input
          type="url"
          aria-label="URL"
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
        Copy
      </button>
    </div>
  );
}
