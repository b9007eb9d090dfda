import { useSignal } from '@preact/signals';
import { crash, deletePod, scale } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { Glyph } from '../map/glyph.tsx';
import type { Lane } from '../map/topology.ts';
import { deploymentOf, victimOf } from './victims.ts';

/** Three ways to hurt a Service, to see what requests get to feel of it. */
export function BreakPanel({ page }: { page: Page }) {
  const { t } = page.words;
  const { topology, objects } = page.derived;
  const { lanes } = topology.value;
  const chosen = useSignal<string | undefined>(undefined);
  const before = useSignal<ReadonlyMap<string, number>>(new Map());
  const lane =
    lanes.find(({ service }) => service.uid === chosen.value) ??
    lanes.find(({ role }) => role === 'canary') ??
    lanes[0];
  if (!lane) return null;
  const pod = victimOf(lane);
  const deployment = deploymentOf(lane, objects.value.deployments);
  const scaleTo = (replicas: number): void => {
    if (!deployment) return;
    before.value = new Map(before.value).set(deployment.uid, deployment.desired);
    void scale(page, deployment.namespace, deployment.name, replicas);
  };
  return (
    <section class="panel break" aria-labelledby="break-title">
      <div class="panel__head">
        <h2 id="break-title">{t('break.title')}</h2>
        <LaneChoice page={page} lanes={lanes} lane={lane} choose={(uid) => (chosen.value = uid)} />
      </div>
      <div class="break__row">
        <button type="button" disabled={!pod} onClick={() => pod && void deletePod(page, pod)}>
          {t('break.delete')}
        </button>
        <button type="button" disabled={!pod} onClick={() => pod && void crash(page, pod)}>
          {t('break.crash')}
        </button>
        {deployment?.desired === 0 ? (
          <button type="button" onClick={() => scaleTo(before.value.get(deployment.uid) || 1)}>
            {t('break.back')}
          </button>
        ) : (
          <button type="button" disabled={!deployment} onClick={() => scaleTo(0)}>
            {t('break.scale')}
          </button>
        )}
      </div>
    </section>
  );
}

interface LaneChoiceProps {
  page: Page;
  lanes: readonly Lane[];
  lane: Lane;
  choose: (uid: string) => void;
}

function LaneChoice({ page, lanes, lane, choose }: LaneChoiceProps) {
  return (
    <label class="break__lane">
      <Glyph name={lane.role} />
      <span class="visually-hidden">{page.words.t('break.service')}</span>
      <select value={lane.service.uid} onChange={(event) => choose(event.currentTarget.value)}>
        {lanes.map(({ service }) => (
          <option key={service.uid} value={service.uid}>
            {service.name}
          </option>
        ))}
      </select>
    </label>
  );
}
