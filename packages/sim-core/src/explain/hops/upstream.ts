import { place } from '../../doctor/finding.ts';
import { CUSTOM_DEFAULT_BACKEND, type Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import type { TraceHop } from '../../wire.ts';
import { upstreamOf } from '../backend.ts';
import { canaryOf, isOpen } from '../canary-of.ts';
import { percent } from '../canary-stages.ts';
import { reached } from '../reasons/index.ts';
import { backendField } from '../rule-place.ts';
import { boxes, decidedBy, type Hop, ingressName, type Scene, spellUpstream } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** The Service that answers. */
export const upstreamHop: Hop = {
  tells: ['default-backend', 'service-upstream'],
  of: (scene) => {
    const { record, ids } = scene;
    const upstream = upstreamOf(scene);
    if (upstream === undefined || !reached(scene, 'upstream')) return undefined;
    const source = record.toCanary ? upstream.canary : record.location?.source;
    const canary = canaryOf(scene);
    if (canary !== undefined && isOpen(scene)) return either(scene, upstream, canary);
    return {
      step: 'upstream',
      title: upstream.service === '' ? spellUpstream(upstream) : `Service ${spellUpstream(upstream)}`,
      why: why(scene, upstream),
      beat: [],
      nodes: boxes(upstream.service === '' ? undefined : ids.service(upstream.namespace, upstream.service)),
      ...(source === undefined || upstream.service === ''
        ? {}
        : decidedBy(scene, ingressName(source), backendField(source))),
    };
  },
};

/** Main or canary, with the odds of each. */
function either({ record, ids, world }: Scene, main: Upstream, canary: Upstream): TraceHop {
  const { weight, drawTotal, location } = record;
  const [mains, canaries] = [percent(drawTotal - weight, drawTotal), percent(weight, drawTotal)];
  const places = [location?.source, canary.canary].map((source) =>
    source === undefined ? '' : place(world, ingressName(source), backendField(source)),
  );
  return {
    step: 'upstream',
    title: `Service ${spellUpstream(main)} (${mains}) or ${spellUpstream(canary)} (${canaries})`,
    why: `The weight is drawn anew for each request: the main Service${places[0]} or the canary's${places[1]}.`,
    beat: [],
    nodes: boxes(ids.service(main.namespace, main.service), ids.service(canary.namespace, canary.service)),
  };
}

function why(scene: Scene, upstream: Upstream): string {
  const { record } = scene;
  if (upstream.service === '') return 'No rule fits, and there is no default backend of your own.';
  if (record.reason === 'no-endpoints') return 'The backend of the path names it, and it has no ready endpoint.';
  if (upstream.name.startsWith(CUSTOM_DEFAULT_BACKEND) && record.errorCode === 0)
    return `The Service of the path has no ready endpoint, so that of ${settingOf(scene, ['default-backend']).says} answers in its place.`;
  return record.toCanary ? 'It is the Service of the canary Ingress.' : 'The backend of the path names it.';
}
