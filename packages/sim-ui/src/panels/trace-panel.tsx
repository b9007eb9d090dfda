import type { RequestTrace, TraceHop } from '@k8s-ingress-sandbox/sim-core/wire';
import { closeTrace } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { DrawBar } from './draw-bar.tsx';
import { SourceLink } from './source-link.tsx';

const STEPS: Record<TraceHop['step'], string> = {
  'load-balancer': 'Load balancer',
  'node-port': 'Node port',
  server: 'Host',
  location: 'Path',
  redirect: 'Redirect',
  canary: 'Canary',
  upstream: 'Upstream',
  endpoint: 'Endpoint',
  answer: 'Answer',
};

/** Why one request went where it went: the server's own record of its decisions, hop by hop. */
export function TracePanel({ page }: { page: Page }) {
  const open = page.view.trace.value;
  if (!open) {
    return (
      <div class="trace trace--empty">
        <p>
          <b>Why did this request go there?</b> Click a dot or a row: its way lights up, and every step says what it
          chose, why, and what it beat.
        </p>
      </div>
    );
  }
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
    <button type="button" class="trace__close" onClick={() => closeTrace(page)}>
      Back to live
    </button>
  );
}

function Trace({ page, trace }: { page: Page; trace: RequestTrace }) {
  const { id, method, scheme, host, url, status, milliseconds, service, summary, hops, whatIf, fix, deviations } =
    trace;
  return (
    <>
      <header class="trace__head">
        <h2>
          Why did #{id}{' '}
          {status >= 500 ? (
            <>get a {status}?</>
          ) : (
            <>
              go to <bdi dir="ltr">{service || 'nowhere'}</bdi>?
            </>
          )}
        </h2>
        <CloseButton page={page} />
        <p>
          <bdi dir="ltr" class="trace__request">
            {method} {scheme}://{host}
            {url} → {status} in {milliseconds} ms
          </bdi>
        </p>
        <p class="trace__summary">{summary}</p>
        {fix && <p class="trace__fix">Fix: {fix}</p>}
      </header>
      <ol class="hops">
        {hops.map((hop, i) => (
          <Hop key={`${hop.step}${i}`} page={page} hop={hop} trace={trace} />
        ))}
      </ol>
      {whatIf.length > 0 && (
        <dl class="whatif">
          <dt class="whatif__title">What if</dt>
          {whatIf.map(({ change, outcome }) => (
            <dd key={change}>
              <b>{change}</b> → {outcome}
            </dd>
          ))}
        </dl>
      )}
      {deviations.length > 0 && <p class="small">{deviations.join(' ')}</p>}
    </>
  );
}

function Hop({ page, hop, trace }: { page: Page; hop: TraceHop; trace: RequestTrace }) {
  const { step, title, why, beat, source, field } = hop;
  return (
    <li class="hop">
      <span class="hop__step">{STEPS[step]}</span>
      <div class="hop__body">
        <bdi class="hop__title" dir="ltr">
          {title}
        </bdi>
        <span class="hop__why">{why}</span>
        {step === 'canary' && trace.draw && <DrawBar {...trace.draw} />}
        {beat.length > 0 && <span class="hop__beat">beat: {beat.join('; ')}</span>}
      </div>
      <span class="hop__source" title={field}>
        <SourceLink page={page} source={source} />
      </span>
    </li>
  );
}
