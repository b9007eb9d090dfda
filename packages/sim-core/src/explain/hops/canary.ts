import { ingresses } from '../../api/networking-v1/ingress.ts';
import { annotationField } from '../../doctor/annotation.ts';
import { pathsOf, spellPath } from '../../doctor/ingress-paths.ts';
import { DEFAULT_SERVER, type Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import { canaryOf, isOpen } from '../canary-of.ts';
import { canaryStages, type Stage } from '../canary-stages.ts';
import { decidedBy, type Hop, ingressBox, ingressName, type Scene, sentence, spellUpstream } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** Main Service or canary, with every stage that was asked. */
export const canaryHop: Hop = {
  tells: ['affinity', 'affinity-canary-behavior'],
  of: (scene) => {
    const { record } = scene;
    const canary = canaryOf(scene);
    const policy = canary?.trafficShaping;
    if (canary === undefined || policy === undefined || record.primary === undefined) return undefined;
    const stages = canaryStages(record, policy);
    const decider = stages.find(({ decided }) => decided);
    return {
      step: 'canary',
      title: title(scene, canary),
      why:
        decider === undefined
          ? `The canary ${spellUpstream(canary)} has no ready endpoint, so the main Service answers.`
          : sentence(decider.says),
      beat: [...stages.filter((stage) => stage !== decider).map(lost), ...laterCanaries(scene)],
      details: sharedUpstream(scene, canary),
      nodes: ingressBox(scene, canary.canary),
      ...placeOf(scene, canary, decider),
    };
  },
};

/** The annotation that decided: on the canary, or the main one's affinity. */
function placeOf(scene: Scene, { canary: source }: Upstream, decider: Stage | undefined) {
  if (decider?.name === 'affinity') {
    const { at } = settingOf(scene, ['affinity']);
    return at === undefined ? {} : decidedBy(scene, at.object, at.field);
  }
  if (source === undefined) return {};
  return decidedBy(scene, ingressName(source), annotationField(decider?.annotation ?? 'canary', scene.world));
}

function title(scene: Scene, canary: Upstream): string {
  if (isOpen(scene)) return 'the canary or the main Service';
  const { toCanary, primary } = scene.record;
  return toCanary ? `the canary ${spellUpstream(canary)}` : `the main Service ${spellUpstream(primary as Upstream)}`;
}

function lost({ annotation, says }: Stage): string {
  return `${annotation}: ${says}`;
}

/** A canary hangs on the main Service, not on a host or path: whatever leads there has it too. */
function sharedUpstream({ record, world }: Scene, { canary: source }: Upstream): string[] {
  const ingress = source && world.client.get(ingresses, source.namespace, source.ingress);
  const paths = ingress === undefined ? [] : pathsOf(ingress);
  const { server, location } = record;
  const own = paths.some(
    ({ host, path }) => (host || DEFAULT_SERVER) === server?.hostname && path === location?.ingressPath,
  );
  const [first] = paths;
  if (own || first === undefined) return [];
  return [`its rule is for ${spellPath(first)}, but a canary takes its share wherever the same main Service answers`];
}

function laterCanaries({ record }: Scene): string[] {
  const later = record.primary?.alternativeBackends.slice(1) ?? [];
  return later.map((name) => `canary ${name}: only the first (oldest) canary of a Service is ever asked`);
}
