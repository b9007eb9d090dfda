import type { WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import { crash, deletePod } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import type { Subject } from '../map/box.ts';
import { factsOf, titleOf } from './facts.ts';
import { SourceLink } from './source-link.tsx';

/** The facts of the box that is selected on the map. */
export function ObjectPanel({ page }: { page: Page }) {
  const id = page.view.selected.value;
  const box = id === undefined ? undefined : page.derived.layout.value.byId.get(id);
  if (!box) return <p class="empty">{page.words.t(id === undefined ? 'object.select' : 'object.gone')}</p>;
  const { subject } = box;
  const { kind, name } = titleOf(subject, page.words);
  return (
    <div class="object">
      <header class="object__head">
        <h2>
          <small>{kind}</small> <bdi dir="ltr">{name}</bdi>
        </h2>
        {subject.kind === 'rule' && <SourceLink page={page} source={subject.ingress.source} />}
        {(subject.kind === 'pod' || subject.kind === 'controller') && <PodActions page={page} pod={subject.pod} />}
      </header>
      {subject.kind === 'cost' ? <Cost page={page} /> : <Facts page={page} subject={subject} />}
    </div>
  );
}

function Facts({ page, subject }: { page: Page; subject: Subject }) {
  return (
    <dl class="facts">
      {factsOf(subject, page.words).map(({ name, value }) => (
        <div key={name} class="fact">
          <dt>
            <bdi dir="ltr">{name}</bdi>
          </dt>
          <dd>
            <bdi dir="ltr">{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function PodActions({ page, pod }: { page: Page; pod: WirePod }) {
  return (
    <>
      <button type="button" disabled={pod.terminating} onClick={() => void deletePod(page, pod)}>
        {page.words.t('object.delete')}
      </button>
      <button type="button" disabled={pod.terminating} onClick={() => void crash(page, pod)}>
        {page.words.t('object.crash')}
      </button>
    </>
  );
}

function Cost({ page }: { page: Page }) {
  const { sentence, source } = page.store.parts.cost.value;
  return (
    <>
      <p>{sentence}</p>
      <p class="small">{page.words.t('object.prices', { source })}</p>
    </>
  );
}
