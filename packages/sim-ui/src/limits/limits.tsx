import type { WireDeviation } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { byArea } from './by-area.ts';

/** What is simulated here, and every known difference from ingress-nginx by what it belongs to. */
export function Limits({ page }: { page: Page }) {
  const { t, rich } = page.words;
  const { deviations: facts, engine, seed } = page.store.parts.status.value;
  const known = useSignal<readonly WireDeviation[] | undefined>(undefined);
  const problem = useSignal('');
  useEffect(() => {
    page.transport.call<WireDeviation[]>('GET', '/deviations').then(
      (list) => (known.value = list),
      (error: unknown) => (problem.value = wordsOf(page.words, error)),
    );
  }, [page, known, problem]);
  return (
    <div class="limits" aria-busy={known.value === undefined && problem.value === ''}>
      <ul>
        {facts.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{rich('limits.run', { engine: <bdi dir="ltr">{engine}</bdi>, seed: <bdi dir="ltr">{seed}</bdi> })}</p>
      {problem.value !== '' && <p class="wrong">{t('limits.unknown', { reason: problem.value })}</p>}
      {byArea(known.value ?? []).map(([area, list]) => (
        <section key={area} aria-labelledby={`limits-${area}`}>
          <h3 id={`limits-${area}`}>
            <bdi dir="ltr">{area}</bdi>
          </h3>
          <ul>
            {list.map((each) => (
              <Difference key={each.id} page={page} deviation={each} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Difference({ page, deviation: { id, what, why, vectors } }: { page: Page; deviation: WireDeviation }) {
  return (
    <li id={`limit-${id}`}>
      <p>
        <WithCode text={what} />
      </p>
      <p class="small">
        <WithCode text={why} />
      </p>
      {vectors.length > 0 && (
        <p class="small">
          {page.words.count('limits.vectors', vectors.length)} <bdi dir="ltr">{vectors.join(', ')}</bdi>
        </p>
      )}
    </li>
  );
}

/** A text whose parts in backquotes are code. */
function WithCode({ text }: { text: string }) {
  const parts = text.split('`');
  return <>{parts.map((part, i) => (i % 2 === 0 ? part : <code dir="ltr">{part}</code>))}</>;
}
