import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { RequestTrace } from '../wire.ts';
import { deviationsOf } from './deviations.ts';
import { fixOf } from './fix.ts';
import { answerHop } from './hops/answer.ts';
import { canaryHop } from './hops/canary.ts';
import { endpointHop } from './hops/endpoint.ts';
import { loadBalancerHop } from './hops/load-balancer.ts';
import { locationHop } from './hops/location.ts';
import { nodePortHop } from './hops/node-port.ts';
import { redirectHop } from './hops/redirect.ts';
import { serverHop } from './hops/server.ts';
import { upstreamHop } from './hops/upstream.ts';
import type { HopOf, Scene } from './scene.ts';
import { summarize } from './summary.ts';
import { whatIfs } from './what-if.ts';

/** The way of a request, in order. */
const HOPS: readonly HopOf[] = Object.freeze([
  loadBalancerHop,
  nodePortHop,
  serverHop,
  locationHop,
  redirectHop,
  canaryHop,
  upstreamHop,
  endpointHop,
  answerHop,
]);

/**
 * A decision record made readable: every step with what was chosen, why, and what it beat. Costs some work, so it is
 * made when somebody asks. Slots of the ring are used again: describe them at once.
 */
export function describe(scene: Scene): RequestTrace {
  const { record } = scene;
  return {
    ...factsOf(record),
    summary: summarize(scene),
    hops: HOPS.flatMap((hop) => hop(scene) ?? []),
    whatIf: whatIfs(scene),
    fix: fixOf(scene),
    deviations: deviationsOf(scene),
  };
}

/** What is known of a request without any explanation. */
export function factsOf(
  record: DecisionRecord,
): Omit<RequestTrace, 'summary' | 'hops' | 'whatIf' | 'fix' | 'deviations'> {
  const {
    id,
    startedAt,
    origin,
    method,
    scheme,
    host,
    url,
    clientAddress,
    status,
    duration,
    bytesSent,
    upstream,
    pod,
    draw,
  } = record;
  return {
    id,
    at: startedAt,
    origin,
    method,
    scheme,
    host,
    url,
    clientAddress,
    status,
    milliseconds: duration,
    bytes: bytesSent,
    service: upstream === undefined || upstream.service === '' ? '' : `${upstream.namespace}/${upstream.service}`,
    pod: pod ?? '',
    decision: record.canary,
    isCanary: record.toCanary,
    ...(draw === 0 ? {} : { draw: { draw, weight: record.weight, total: record.drawTotal } }),
  };
}
