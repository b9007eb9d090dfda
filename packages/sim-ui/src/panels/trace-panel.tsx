import type { RequestTrace, TraceHop } from '@k8s-ingress-sandbox/sim-core/wire';
import { closeTrace, openTrace, replay } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { formatMilliseconds } from '../words/numbers.ts';
import { DrawBar } from './draw-bar.tsx';
import { Later } from './later.tsx';
import { SourceLink } from './source-link.tsx';

const loadWhatIf = async () => (await import('./what-if.tsx')).WhatIf;

const STEPS: Record<TraceHop['step'], string> = {
  'load-balancer': 'Load balancer',
  'node-port': 'Node port',
  configuration: 'Configuration',
  server: 'Host',
  location: 'Path',
  cors: 'CORS',
  redirect: 'Redirect',
  rewrite: 'Rewrite',
  canary: 'Canary',
  upstream: 'Upstream',
  limit: 'Limits',
  access: 'Access',
  mirror: 'Mirror',
  endpoint: 'Endpoint',
  'error-page': 'Error page',
  headers: 'Headers',
  settings: 'Annotations',
  answer: 'Answer',
};

/** Why one request went where it went: the server's own record of its decisions, hop by hop. */
export function TracePanel({ page }: { page: Page }) {
  const open = page.view.trace.value;
  if (!open) return null;
  return (
    <article class="trace" aria-label={`Request ${open.id}`}>
      {open.phase === 'shown' ? <Trace page={page} trace={open.trace} /> : <NoTrace page={page} {...open} />}
    </article>
  );
}

function NoTrace({ page, id, ...open }: { page: Page; id: number; phase: 'loading' | 'failed'; message?: string }) {
  return (
    <header class="trace__head">
      <h2>Request #{id}</h2>
      <CloseButton page={page} />
      <p>{open.phase === 'loading' ? 'Reading its record…' : open.message}</p>
    </header>
  );
}

function CloseButton({ page }: { page: Page }) {
  return (
    <button type="button" class="trace__close" onClick={() => closeTrace(page.view)}>
      Back to live
    </button>
  );
}

function Trace({ page, trace }: { page: Page; trace: RequestTrace }) {
  const { hops, whatIf, deviations } = trace;
  return (
    <>
      <TraceHead page={page} trace={trace} />
      <ol class="hops">
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
          <summary>Where a real cluster differs here</summary>
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
  return (
    <header class="trace__head">
      <h2>
        <Question trace={trace} />
      </h2>
      <div class="trace__buttons">
        <button type="button" disabled={id <= 1} onClick={() => void openTrace(page, id - 1)}>
          Previous
        </button>
        <button type="button" onClick={() => void openTrace(page, id + 1)}>
          Next
        </button>
        <button type="button" onClick={() => replay(page, id)}>
          Replay slowly
        </button>
        <CloseButton page={page} />
      </div>
      <p class="trace__request">
        #{id}{' '}
        <bdi dir="ltr">
          {method} {scheme}://{host}
          {url}
        </bdi>{' '}
        → {status} in {formatMilliseconds(milliseconds)}
      </p>
      <p class="trace__summary">{summary}</p>
      {draw && <DrawBar {...draw} />}
      {fix && <p class="trace__fix">Fix: {fix}</p>}
      {trace.findings.map(({ message, fix: cure }) => (
        <p key={message} class="trace__fix">
          {message}. Fix: {cure}
        </p>
      ))}
    </header>
  );
}

function Question({ trace: { service, status } }: { trace: RequestTrace }) {
  if (status >= 500 || service === '') return <>Why {status}?</>;
  return (
    <>
      Why <bdi dir="ltr">{service.slice(service.indexOf('/') + 1)}</bdi>?
    </>
  );
}

function Hop({ page, hop }: { page: Page; hop: TraceHop }) {
  const { step, title, why, beat, details = [], source, field } = hop;
  return (
    <li class="hop">
      <span class="hop__step">{STEPS[step]}</span>
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
        {beat.length > 0 && <span class="hop__beat">beat: {beat.join('; ')}</span>}
      </div>
      <span class="hop__source" title={field}>
        <SourceLink page={page} source={source} />
      </span>
    </li>
  );
}
