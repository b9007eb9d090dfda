import type { Reason } from '../../ingress-nginx/nginx/answer.ts';
import type { Endpoint } from '../../ingress-nginx/nginx/configuration.ts';
import type { Attempt } from '../../ingress-nginx/nginx/decision-record.ts';
import { atMost, boxes, decidedBy, type HopOf, type Scene, serviceName } from '../scene.ts';
import { locationUpstream } from './upstream.ts';

/** The pod that answers: round robin over the ready endpoints. */
export const endpointHop: HopOf = (scene) => {
  const { record, ids } = scene;
  const { upstream } = record;
  if (record.reason === 'no-endpoints') return withoutEndpoint(scene);
  if (upstream === undefined || upstream.service === '' || record.redirectTo !== undefined) return undefined;
  const chosen = upstream.endpoints.find(
    ({ address, port }) => address === record.endpoint && port === record.endpointPort,
  );
  const others = upstream.endpoints.filter((endpoint) => endpoint !== chosen);
  const tried = record.attempts ?? [];
  return {
    step: 'endpoint',
    title:
      record.endpoint === ''
        ? `one of ${upstream.endpoints.length} ready endpoints`
        : spell(
            chosen ?? {
              address: record.endpoint,
              port: record.endpointPort,
              ...(record.pod === undefined ? {} : { pod: record.pod }),
            },
          ),
    why: why(upstream.endpoints.length, record.endpoint === '', tried),
    beat: atMost([
      ...tried.filter(({ failure }) => failure !== undefined).map(spellAttempt),
      ...others.map((endpoint) => `${spell(endpoint)}: ${record.endpoint === '' ? 'as likely' : 'not its turn'}`),
    ]),
    nodes: boxes(
      ids.pod(record.pod ?? ''),
      ...(record.pod === undefined ? others.map(({ pod }) => ids.pod(pod ?? '')) : []),
    ),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
};

function withoutEndpoint(scene: Scene) {
  const upstream = locationUpstream(scene);
  if (upstream === undefined || upstream.service === '') return undefined;
  const canaries =
    upstream.alternativeBackends.length > 0 ? ' That of a canary does not help: main decides first.' : '';
  return {
    step: 'endpoint' as const,
    title: 'no ready endpoint',
    why: `Service ${upstream.namespace}/${upstream.service} has no ready pod behind port ${upstream.port}.${canaries}`,
    beat: [],
    nodes: boxes(scene.ids.service(upstream.namespace, upstream.service)),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

function why(count: number, isOpen: boolean, tried: readonly Attempt[]): string {
  const turn =
    count === 1
      ? 'It is the only ready endpoint.'
      : isOpen
        ? 'They answer in turn (round robin).'
        : `It was its turn among ${count} ready endpoints (round robin).`;
  return tried.length > 1 ? `${turn} ${tried.length} were asked, one after the other (proxy_next_upstream).` : turn;
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
