import { useSignal } from '@preact/signals';
import { wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import type { SimulatedSplit } from '../transport/transport.ts';
import { formatCount, formatPercent } from '../words/numbers.ts';

const REQUESTS = 10_000;

/** Ten thousand requests in virtual time, where the engine is in the page: what `simulate` prints. */
export function SimulatePanel({ page }: { page: Page }) {
  const answer = useSignal<SimulatedSplit | undefined>(undefined);
  const busy = useSignal(false);
  const { simulate } = page.transport;
  if (simulate === undefined) return null;
  const run = async (): Promise<void> => {
    busy.value = true;
    try {
      answer.value = await simulate(REQUESTS);
    } catch (error) {
      page.view.notice.value = { text: wordsOf(page.words, error), tone: 'error' };
    }
    busy.value = false;
  };
  return (
    <section class="panel" aria-labelledby="simulate-title">
      <div class="panel__head">
        <h2 id="simulate-title">{page.words.t('simulate.title')}</h2>
        <button type="button" disabled={busy.value} onClick={() => void run()}>
          {page.words.t('simulate.run', { n: formatCount(REQUESTS) })}
        </button>
      </div>
      {answer.value && <Answer page={page} answer={answer.value} />}
    </section>
  );
}

function Answer({ page, answer: { requests, seed, split } }: { page: Page; answer: SimulatedSplit }) {
  const { t } = page.words;
  return (
    <output class="small simulated" dir="ltr">
      {t('simulate.answer', { n: formatCount(requests), seed })}{' '}
      {split.map(({ canaryIngress, canary, n }) => (
        <span key={canaryIngress}>
          {t('simulate.split', {
            ingress: canaryIngress,
            canary: formatCount(canary),
            n: formatCount(n),
            share: formatPercent(canary / n),
          })}{' '}
        </span>
      ))}
    </output>
  );
}
