import type { RequestTrace, TraceHop } from '@k8s-ingress-sandbox/sim-core/wire';
import { closeTrace, openTrace, replay } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { formatMilliseconds } from '../words/numbers.ts';
import { DrawBar } from './draw-bar.tsx';
import { Later } from './later.tsx';
import { SourceLink } from './source-link.tsx';

const loadWhatIf = async () => (await import('./what-if.tsx')).WhatIf;

/** Why one request went where it went: the server's own record of its decisions, hop by hop. */
export function TracePanel({ page }: { page: Page }) {
  const open = page.view.trace.value;
  if (!open) return null;
  return (
    <article class="trace" aria-label={page.words.t('trace.request', { id: open.id })}>
      {open.phase === 'shown' ? <Trace page={page} trace={open.trace} /> : <NoTrace page={page} {...open} />}
    </article>
  );
}

function NoTrace({ page, id, ...open }: { page: Page; id: number; phase: 'loading' | 'failed'; message?: string }) {
  const { t } = page.words;
  return (
    <header class="trace__head">
      <h2>{t('trace.request', { id: `#${id}` })}</h2>
      <CloseButton page={page} />
      <p>{open.phase === 'loading' ? t('trace.reading') : open.message}</p>
    </header>
  );
}

function CloseButton({ page }: { page: Page }) {
  return (
    <button type="button" class="trace__close" onClick={() => closeTrace(page.view)}>
      {page.words.t('trace.close')}
    </button>
  );
}

function Trace({ page, trace }: { page: Page; trace: RequestTrace }) {
  const { hops, whatIf, deviations } = trace;
  return (
    <>
      <TraceHead page={page} trace={trace} />
      <ol class="hops" dir="ltr">
        {hops.map((hop, i) => (
          <Hop key={`${hop.step}${i}`} page={page} hop={hop} />
        ))}
      </ol>
      {whatIf.length > 0 && (
        <ul class="whatif">
          <li class="whatif__title">{page.words.t('whatif.title')}</li>
          {whatIf.map(({ change, outcome }) => (
            <li key={change}>
              {change} → <b>{outcome}</b>
            </li>
          ))}
        </ul>
      )}
      {page.store.role.value !== 'viewer' && <Later page={page} load={loadWhatIf} />}
      {deviations.length > 0 && (
        <details class="small">
          <summary>{page.words.t('trace.differs')}</summary>
          {deviations.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </details>
      )}
    </>
  );
}

function TraceHead({ page, trace }: { page: Page; trace: RequestTrace }) {
  const { id, method, scheme, host, url, status, milliseconds, summary, fix, draw } = trace;
  const { t, rich } = page.words;
  return (
    <header class="trace__head">
      <h2>
        <Question page={page} trace={trace} />
      </h2>
      <div class="trace__buttons">
        <button type="button" disabled={id <= 1} onClick={() => void openTrace(page, id - 1)}>
          {t('trace.previous')}
        </button>
        <button type="button" onClick={() => void openTrace(page, id + 1)}>
          {t('trace.next')}
        </button>
        <button type="button" onClick={() => replay(page, id)}>
          {t('trace.replay')}
        </button>
        <CloseButton page={page} />
      </div>
      <p class="trace__request">
        {rich('trace.line', {
          id,
          request: (
            <bdi dir="ltr">
              {method} {scheme}://{host}
              {url}
            </bdi>
          ),
          status,
          time: <bdi dir="ltr">{formatMilliseconds(milliseconds)}</bdi>,
        })}
      </p>
      <p class="trace__summary" dir="ltr">
        {summary}
      </p>
      {draw && <DrawBar page={page} {...draw} />}
      {fix && <p class="trace__fix">{t('trace.fix', { fix })}</p>}
      {trace.findings.map(({ message, fix: cure }) => (
        <p key={message} class="trace__fix">
          {t('trace.finding', { message, fix: cure })}
        </p>
      ))}
    </header>
  );
}

function Question({ page, trace: { service, status } }: { page: Page; trace: RequestTrace }) {
  const what = status >= 500 || service === '' ? status : service.slice(service.indexOf('/') + 1);
  return <>{page.words.rich('trace.question', { what: <bdi dir="ltr">{what}</bdi> })}</>;
}

function Hop({ page, hop }: { page: Page; hop: TraceHop }) {
  const { step, title, why, beat, details = [], source, field } = hop;
  return (
    <li class="hop">
      <span class="hop__step">{page.words.t(`step.${step}`)}</span>
      <bdi class="hop__title" dir="ltr">
        {title}
      </bdi>
      <div class="hop__why">
        <span>{why}</span>
        {details.map((line) => (
          <span key={line} class="hop__beat">
            {line}
          </span>
        ))}
        {beat.length > 0 && <span class="hop__beat">{page.words.t('trace.beat', { others: beat.join('; ') })}</span>}
      </div>
      <span class="hop__source" title={field}>
        <SourceLink page={page} source={source} />
      </span>
    </li>
  );
}
