import type { WireIngress } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { setWeight, showSource } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { objectKey } from '../state/object-key.ts';

/** Changes the canary's weight where it is written: in its annotation. */
export function WeightPanel({ page }: { page: Page }) {
  const canaries = page.derived.objects.value.ingresses.filter(({ canary }) => canary !== undefined);
  return (
    <>
      {canaries.map((ingress) => (
        <WeightControl key={ingress.uid} page={page} ingress={ingress} isOnly={canaries.length === 1} />
      ))}
    </>
  );
}

function WeightControl({ page, ingress, isOnly }: { page: Page; ingress: WireIngress; isOnly: boolean }) {
  const { weight = 0, weightTotal = 100 } = ingress.canary ?? {};
  const wanted = useSignal<number | undefined>(undefined);
  const busy = useSignal(false);
  const guess = useSignal('');
  const value = wanted.value ?? weight;
  const { knowsWeight } = page.view;
  const { t } = page.words;
  const isNews = !knowsWeight.value && page.store.parts.split.value.some(({ n }) => n > 0);
  const set = (text: string): void => {
    knowsWeight.value = true;
    wanted.value = Math.min(weightTotal, Math.max(0, Math.round(Number(text) || 0)));
  };
  const apply = async (event: Event): Promise<void> => {
    event.preventDefault();
    busy.value = true;
    const of100 = guess.value === '' ? undefined : Number(guess.value);
    page.view.guess.value =
      of100 === undefined ? undefined : { canary: objectKey('Ingress', ingress.namespace, ingress.name), of100 };
    guess.value = '';
    await setWeight(page, { namespace: ingress.namespace, ingress: ingress.name, weight: value });
    busy.value = false;
    wanted.value = undefined;
  };
  const label = isOnly ? t('weight.label') : t('weight.of', { ingress: ingress.name });
  return (
    <form class="panel weight" aria-label={label} data-news={isNews ? '' : undefined} onSubmit={apply}>
      <div class="panel__head">
        <h2>{label}</h2>
        <output class="small">
          {value === weight
            ? t('weight.total', { total: weightTotal })
            : t('weight.now', { weight, total: weightTotal })}
        </output>
      </div>
      <div class="weight__row">
        <input
          type="range"
          aria-label={label}
          min={0}
          max={weightTotal}
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
        <input
          type="number"
          aria-label={t('weight.number', { label })}
          min={0}
          max={weightTotal}
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={value === weight || busy.value}>
          {t('weight.apply')}
        </button>
      </div>
      {value !== weight && (
        <label class="weight__guess small">
          {page.words.t('guess.ask')}
          <input
            type="number"
            min={0}
            max={100}
            value={guess.value}
            placeholder={page.words.t('guess.skip')}
            onInput={(event) => (guess.value = event.currentTarget.value)}
          />
        </label>
      )}
      <SourceLine page={page} ingress={ingress} />
    </form>
  );
}

/** The annotation as it stands in its file; it flashes when it was changed. */
function SourceLine({ page, ingress }: { page: Page; ingress: WireIngress }) {
  const source = ingress.canary?.weightSource;
  const shown = page.view.source.value;
  const text = page.store.parts.files.value.find(({ file }) => file === source?.file)?.text.split('\n')[
    (source?.line ?? 0) - 1
  ];
  // Without the annotation there is no line that the weight stands on yet.
  if (!source || !text?.includes('canary-weight')) return null;
  const flash = shown?.file === source.file && shown.line === source.line ? shown.flash : 0;
  return (
    <button
      key={flash}
      type="button"
      class="codeline"
      dir="ltr"
      data-flash={flash > 0 ? '' : undefined}
      title={`${source.file}:${source.line}`}
      onClick={() => showSource(page, source.file, source.line)}
    >
      <bdi dir="ltr">
        <span class="codeline__number">{source.line}</span>
        {text.trim().replace(/^nginx\.ingress\.kubernetes\.io\//, '…/')}
      </bdi>
    </button>
  );
}
