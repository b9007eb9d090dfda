import { annotationField } from '../../doctor/annotation.ts';
import type { Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import { canaryStages, type Stage } from '../canary-stages.ts';
import { boxes, decidedBy, type HopOf, ingressName, type Scene, spellUpstream } from '../scene.ts';

/** Main Service or canary, with every stage that was asked. */
export const canaryHop: HopOf = (scene) => {
  const { record, ids, headers } = scene;
  const canary = canaryOf(scene);
  const policy = canary?.trafficShaping;
  if (canary === undefined || policy === undefined || record.primary === undefined) return undefined;
  const source = canary.canary;
  const stages = canaryStages(record, policy, headers);
  const decider = stages.find(({ decided }) => decided);
  return {
    step: 'canary',
    title: title(scene, canary),
    why:
      decider === undefined
        ? `The canary ${spellUpstream(canary)} has no ready endpoint, so the main Service answers.`
        : sentence(decider.says),
    beat: [...stages.filter((stage) => stage !== decider).map(lost), ...laterCanaries(scene)],
    nodes: source === undefined ? [] : boxes(ids.ingress(source.namespace, source.ingress)),
    ...(source === undefined
      ? {}
      : decidedBy(scene, ingressName(source), annotationField(decider?.annotation ?? 'canary'))),
  };
};

/** The canary upstream that is asked: the first. */
export function canaryOf({ record }: Scene): Upstream | undefined {
  const name = record.primary?.alternativeBackends[0];
  return record.configuration?.upstreams.find((upstream) => upstream.name === name);
}

/** Whether main or canary is left to a draw that was not made. */
export function isOpen({ record }: Scene): boolean {
  return record.canary === 'weight' && record.draw === 0 && record.weight > 0 && record.weight < record.drawTotal;
}

function title(scene: Scene, canary: Upstream): string {
  if (isOpen(scene)) return 'the canary or the main Service';
  const { toCanary, primary } = scene.record;
  return toCanary ? `the canary ${spellUpstream(canary)}` : `the main Service ${spellUpstream(primary as Upstream)}`;
}

function lost({ annotation, says }: Stage): string {
  return `${annotation}: ${says}`;
}

function laterCanaries({ record }: Scene): string[] {
  const later = record.primary?.alternativeBackends.slice(1) ?? [];
  return later.map((name) => `canary ${name}: only the first (oldest) canary of a Service is ever asked`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
