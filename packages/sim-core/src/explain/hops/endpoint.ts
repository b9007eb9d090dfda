import type { Reason } from '../../ingress-nginx/nginx/answer.ts';
import type { Endpoint, Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import type { Attempt } from '../../ingress-nginx/nginx/decision-record.ts';
import type { TraceHop } from '../../wire.ts';
import { atMost, boxes, decidedBy, type HopOf, type Scene, serviceName } from '../scene.ts';
import { isOpen } from './canary.ts';
import { locationUpstream } from './upstream.ts';

/** The pod that answers: round robin over the ready endpoints. */
export const endpointHop: HopOf = (scene) => {
  const { record } = scene;
  const { upstream } = record;
  if (record.reason === 'no-endpoints') return withoutEndpoint(scene);
  if (upstream === undefined || upstream.service === '' || record.redirectTo !== undefined || isOpen(scene)) return;
  return record.endpoint === '' ? anyEndpoint(scene, upstream) : chosenEndpoint(scene, upstream);
};

/** A request that was sent: the pod that was asked last. */
function chosenEndpoint(scene: Scene, upstream: Upstream): TraceHop {
  const { record, ids } = scene;
  const { endpoint: address, endpointPort: port, pod, attempts = [] } = record;
  const chosen = upstream.endpoints.find((each) => each.address === address && each.port === port);
  const others = upstream.endpoints.filter((endpoint) => endpoint !== chosen);
  const failed = attempts.filter(({ failure }) => failure !== undefined);
  const count = upstream.endpoints.length;
  const turn =
    count === 1 ? 'It was the only ready endpoint.' : `It was its turn among ${count} ready endpoints (round robin).`;
  const tries = record.tries > 1 ? ` ${record.tries} were asked, one after the other (proxy_next_upstream).` : '';
  return {
    step: 'endpoint',
    title: spell(chosen ?? { address, port, ...(pod === undefined ? {} : { pod }) }),
    why: turn + tries,
    beat: atMost([...failed.map(spellAttempt), ...others.map((endpoint) => `${spell(endpoint)}: not its turn`)]),
    nodes: boxes(ids.pod(pod ?? '')),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

/** A request that nobody sent: whose turn it would be is not known. */
function anyEndpoint(scene: Scene, upstream: Upstream): TraceHop {
  const { endpoints } = upstream;
  const [only] = endpoints;
  const single = endpoints.length === 1 && only !== undefined;
  return {
    step: 'endpoint',
    title: single ? spell(only) : `one of ${endpoints.length} ready endpoints`,
    why: single
      ? 'It is the only ready endpoint.'
      : `They answer in turn (round robin): ${atMost(endpoints.map(spell)).join(', ')}.`,
    beat: [],
    nodes: boxes(...endpoints.map(({ pod }) => scene.ids.pod(pod ?? ''))),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

function withoutEndpoint(scene: Scene): TraceHop | undefined {
  const upstream = locationUpstream(scene);
  if (upstream === undefined || upstream.service === '') return undefined;
  const canaries =
    upstream.alternativeBackends.length > 0 ? ' That of a canary does not help: main decides first.' : '';
  return {
    step: 'endpoint',
    title: 'no ready endpoint',
    why: `Service ${upstream.namespace}/${upstream.service} has no ready pod behind port ${upstream.port}.${canaries}`,
    beat: [],
    nodes: boxes(scene.ids.service(upstream.namespace, upstream.service)),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

function spell({ address, port, pod, node }: Endpoint): string {
  const at = `${address}:${port}`;
  return pod === undefined ? at : `pod ${pod} (${at}${node === undefined ? '' : ` on ${node}`})`;
}

/** What went wrong with a pod, in words. */
export const FAILURES: Readonly<Partial<Record<Reason, string>>> = Object.freeze({
  refused: 'refused the connection: nothing listens on that port',
  reset: 'closed the connection before it answered',
  'connect-timeout': 'did not answer the connection attempt in time',
  'read-timeout': 'took the request and did not answer in time',
});

function spellAttempt({ endpoint, pod, failure }: Attempt): string {
  return `${pod === undefined ? endpoint : `pod ${pod} (${endpoint})`}: ${(failure && FAILURES[failure]) ?? failure}`;
}
