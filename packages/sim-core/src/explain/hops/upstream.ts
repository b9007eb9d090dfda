import type { Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import type { TraceHop } from '../../wire.ts';
import { percent } from '../canary-stages.ts';
import { boxes, decidedBy, type HopOf, ingressName, type Scene, serviceName, spellUpstream } from '../scene.ts';
import { canaryOf, isOpen } from './canary.ts';

/** The Service that answers. */
export const upstreamHop: HopOf = (scene) => {
  const { record, ids } = scene;
  const upstream = record.upstream ?? locationUpstream(scene);
  if (upstream === undefined || record.reason === 'denied' || record.redirectTo !== undefined) return undefined;
  const source = record.toCanary ? upstream.canary : record.location?.source;
  const canary = canaryOf(scene);
  if (canary !== undefined && isOpen(scene)) return either(scene, upstream, canary);
  return {
    step: 'upstream',
    title: upstream.service === '' ? spellUpstream(upstream) : `Service ${spellUpstream(upstream)}`,
    why: why(scene, upstream),
    beat:
      canary === undefined
        ? []
        : [
            record.toCanary
              ? `main Service ${spellUpstream(record.primary as Upstream)}`
              : `canary ${spellUpstream(canary)}`,
          ].map((each) => `${each}: ${'see above'}`),
    nodes: boxes(upstream.service === '' ? undefined : ids.service(upstream.namespace, upstream.service)),
    ...(source === undefined || upstream.service === ''
      ? {}
      : decidedBy(scene, ingressName(source), backendField(source.field))),
  };
};

/** Main or canary, with the odds of each. */
function either({ record, ids }: Scene, main: Upstream, canary: Upstream): TraceHop {
  const { weight, drawTotal } = record;
  const [mains, canaries] = [percent(drawTotal - weight, drawTotal), percent(weight, drawTotal)];
  return {
    step: 'upstream',
    title: `Service ${spellUpstream(main)} (${mains}) or ${spellUpstream(canary)} (${canaries})`,
    why: 'The weight is drawn anew for each request.',
    beat: [],
    nodes: boxes(ids.service(main.namespace, main.service), ids.service(canary.namespace, canary.service)),
  };
}

/** The upstream that the location names, also where it has no endpoint and so no balancer. */
export function locationUpstream({ record }: Scene): Upstream | undefined {
  return record.configuration?.upstreams.find(({ name }) => name === record.location?.backend);
}

function backendField(field: string): string {
  return field === 'spec.defaultBackend' || field === 'spec'
    ? 'spec.defaultBackend.service.name'
    : `${field}.backend.service.name`;
}

function why({ record }: Scene, upstream: Upstream): string {
  if (upstream.service === '') return 'No rule fits, and there is no default backend of your own.';
  if (record.reason === 'no-endpoints')
    return `The path leads to ${serviceName(upstream).name}, and that has no ready endpoint.`;
  return record.toCanary ? 'It is the Service of the canary Ingress.' : 'The backend of the path names it.';
}
