import { services } from '../api/core-v1/service.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import { keyOf, parseKey } from '../apimachinery/object-meta.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import { type Replica, replicas } from '../doctor/controllers.ts';
import type { World } from '../doctor/world.ts';
import { type DecisionRecord, emptyRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { BoxIds } from '../view/flows.ts';
import type { RequestTrace } from '../wire.ts';
import { deadEnd, deadEndHop } from './dead-end.ts';
import { describe, factsOf } from './describe.ts';
import { describePlainService } from './plain-service.ts';
import { Replay } from './replay.ts';
import { type Question, type RequestTarget, requestTarget } from './request-target.ts';

/** Address that a question is asked from (TEST-NET-3). */
const CLIENT = '203.0.113.1';

/**
 * Where a request would go that nobody sends, the whole way from the client: load balancer, node, controller, phases. Nothing is drawn:
 * what chance would decide is told with its odds, unless the question says what to take for drawn.
 * @throws Error for a URL that is none
 */
export function explain(question: Question, { world, ids }: { world: World; ids: BoxIds }): RequestTrace {
  const target = requestTarget(question, world);
  const balancer = world.cloud.findByHostname(target.host) ?? world.ingressLoadBalancer();
  const stuck = deadEnd(balancer, target.port, world);
  if (balancer === undefined || stuck !== undefined) {
    const { why, fix } = stuck ?? { why: '', fix: '' };
    const hop = deadEndHop(target.host, balancer, { why, fix }, balancer && ids.loadBalancer(balancer.service));
    const summary = `No answer at all: ${why}.`;
    return {
      ...factsOf(asked(question, target, balancer, world)),
      summary,
      hops: [hop],
      whatIf: [],
      fix,
      findings: [],
      deviations: [],
    };
  }
  const behind = replicasBehind(balancer, world);
  const [replica] = behind;
  if (replica === undefined)
    return describePlainService(asked(question, target, balancer, world), balancer, { world, ids });
  const record = decide(question, target, replica, world);
  Object.assign(record, { startedAt: world.now, via: viaOf(balancer, target.port, world) });
  record.controllerPod = behind.length === 1 ? podKey(replica) : '';
  return describe({ record, world, ids });
}

function decide(
  { method, remoteAddress = CLIENT, draw = 0 }: Question,
  { scheme, path, headers }: RequestTarget,
  { nginx }: Replica,
  world: World,
): DecisionRecord {
  const request = { method, url: path, scheme, headers, remoteAddress, draw };
  return new Replay(world).walk(request, nginx.proxy.running.configuration).record;
}

/** What is known of a request before a controller has seen it. */
function asked(
  { method, remoteAddress = CLIENT }: Question,
  { scheme, host, path, port }: RequestTarget,
  balancer: LoadBalancer | undefined,
  world: World,
): DecisionRecord {
  const via = balancer === undefined ? undefined : viaOf(balancer, port, world);
  return { ...emptyRecord(), method, scheme, host, url: path, clientAddress: remoteAddress, startedAt: world.now, via };
}

/** The way to the pods; the node is open where several are healthy. */
function viaOf(balancer: LoadBalancer, port: number, { cloud }: World): NonNullable<DecisionRecord['via']> {
  const nodePort = balancer.spec.listeners.find((listener) => listener.port === port)?.nodePort ?? 0;
  const healthy =
    balancer.state === 'active' ? cloud.health(balancer, port).filter(({ health }) => health === 'healthy') : [];
  const [only] = healthy;
  return {
    loadBalancer: balancer.service,
    nodePort,
    ...(healthy.length === 1 && only !== undefined ? { node: only.target.node } : {}),
  };
}

/** Ready controller replicas that the load balancer's Service selects. */
function replicasBehind(balancer: LoadBalancer, world: World): Replica[] {
  const { namespace, name } = parseKey(balancer.service);
  const selector = world.client.get(services, namespace, name)?.spec.selector;
  if (selector === undefined) return [];
  return replicas(world).filter(
    ({ pod, ready }) => ready && pod.metadata.namespace === namespace && matchesLabels(selector, pod.metadata.labels),
  );
}

function podKey({ pod: { metadata } }: Replica): string {
  return keyOf(metadata.namespace ?? '', metadata.name);
}
