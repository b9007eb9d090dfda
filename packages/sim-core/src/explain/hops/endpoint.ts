import type { Endpoint, Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import type { TraceHop } from '../../wire.ts';
import { type Attempt, attemptsOf } from '../attempts.ts';
import { spellService, upstreamOf } from '../backend.ts';
import { isOpen } from '../canary-of.ts';
import { reached } from '../reasons/index.ts';
import { atMost, boxes, decidedBy, type Hop, type Scene, serviceName } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** The pod that answers, how it was chosen, and every try. */
export const endpointHop: Hop = {
  tells: [
    'load-balance',
    'upstream-hash-by',
    'affinity',
    'affinity-mode',
    'session-cookie-name',
    'session-cookie-change-on-failure',
    'proxy-next-upstream',
    'proxy-next-upstream-tries',
    'proxy-next-upstream-timeout',
    'proxy-connect-timeout',
    'proxy-read-timeout',
  ],
  of: (scene) => {
    const { record } = scene;
    if (record.reason === 'no-endpoints') return withoutEndpoint(scene);
    const { upstream } = record;
    if (upstream === undefined || upstream.service === '' || isOpen(scene) || !reached(scene, 'proxy'))
      return undefined;
    return record.endpoint === '' ? anyEndpoint(scene, upstream) : chosenEndpoint(scene, upstream);
  },
};

/** A request that was sent: the pod that was asked last. */
function chosenEndpoint(scene: Scene, upstream: Upstream): TraceHop {
  const { record, ids } = scene;
  const { endpoint: address, endpointPort: port, pod } = record;
  const chosen = upstream.endpoints.find((each) => each.address === address && each.port === port);
  const others = upstream.endpoints.filter((endpoint) => endpoint !== chosen);
  const attempts = attemptsOf(record);
  return {
    step: 'endpoint',
    title: spell(chosen ?? { address, port, ...(pod === undefined ? {} : { pod }) }),
    why: `${howChosen(scene, upstream)}${triesOf(scene, attempts)}`,
    beat: atMost(others.map((endpoint) => `${spell(endpoint)}: not chosen`)),
    details: attempts.length > 1 ? attempts.map(spellAttempt) : [],
    nodes: boxes(ids.pod(pod ?? '')),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

/** A request that nobody sent: whose turn it would be is mostly not known. */
function anyEndpoint(scene: Scene, upstream: Upstream): TraceHop {
  const { endpoints } = upstream;
  const pinned = scene.walked?.pinned ?? (endpoints.length === 1 ? endpoints[0] : undefined);
  const listed = pinned === undefined ? endpoints : [pinned];
  return {
    step: 'endpoint',
    title: pinned === undefined ? `one of ${endpoints.length} ready endpoints` : spell(pinned),
    why: howChosen(scene, upstream),
    beat: [],
    details: pinned === undefined ? atMost(endpoints.map(spell)) : [],
    nodes: boxes(...listed.map(({ pod }) => scene.ids.pod(pod ?? ''))),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

/** Which balancer chose: a session cookie beats a hash, a hash beats load-balance (balancer.lua). */
function howChosen(scene: Scene, { endpoints, sessionAffinity, directives }: Upstream): string {
  if (endpoints.length === 1) return 'It is the only ready endpoint.';
  const among = `${endpoints.length} ready endpoints`;
  if (sessionAffinity !== undefined) return byCookie(scene, sessionAffinity.cookie.name, among);
  if (directives.hashBy !== '')
    return `The hash of ${directives.hashBy} chooses among ${among} (${settingOf(scene, ['upstream-hash-by']).cites}).`;
  return directives.loadBalance === 'ewma'
    ? `Of two drawn from ${among}, the one that answered faster lately (ewma, ${settingOf(scene, ['load-balance'], 'load-balance').cites}).`
    : `The ${among} answer in turn (round robin).`;
}

function byCookie(scene: Scene, name: string, among: string): string {
  const { cites } = settingOf(scene, ['affinity']);
  if (scene.record.setCookie !== undefined)
    return `The client had no session yet: one of ${among} was drawn, and cookie ${name} brings it back there (${cites}).`;
  return scene.walked?.pinned !== undefined
    ? `Cookie ${name} brings the client back to it (${cites}).`
    : `One of ${among} is drawn for a client without a session, and cookie ${name} brings it back there (${cites}).`;
}

function triesOf(scene: Scene, attempts: readonly Attempt[]): string {
  if (attempts.length < 2) return '';
  return ` ${attempts.length} tries, one after the other (${settingOf(scene, ['proxy-next-upstream', 'proxy-next-upstream-tries'], 'proxy-next-upstream').cites}):`;
}

function withoutEndpoint(scene: Scene): TraceHop | undefined {
  const upstream = upstreamOf(scene);
  if (upstream === undefined || upstream.service === '') return undefined;
  const canaries =
    upstream.alternativeBackends.length > 0 ? ' That of a canary does not help: the main Service decides first.' : '';
  return {
    step: 'endpoint',
    title: 'no ready endpoint',
    why: `${spellService(scene)} has no ready pod.${canaries}`,
    beat: [],
    nodes: boxes(scene.ids.service(upstream.namespace, upstream.service)),
    ...decidedBy(scene, serviceName(upstream), 'spec.selector'),
  };
}

function spell({ address, port, pod, node }: Endpoint): string {
  const at = `${address}:${port}`;
  return pod === undefined ? at : `pod ${pod} (${at}${node === undefined ? '' : ` on ${node}`})`;
}

function spellAttempt({ endpoint, pod, says, time }: Attempt): string {
  return `${pod === undefined ? endpoint : `pod ${pod}`}: ${says} (${Number(time.toFixed(1))} ms)`;
}
