import { services } from '../api/core-v1/service.ts';
import { isConditionTrue } from '../apimachinery/condition.ts';
import { objectKey, parseKey } from '../apimachinery/object-meta.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import { podsOf } from '../doctor/checks/service-selector.ts';
import { targetPortFindings } from '../doctor/checks/target-port.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { RequestTrace, TraceHop } from '../wire.ts';
import { factsOf } from './describe.ts';
import { deviationsOf } from './deviations.ts';
import { fixText } from './fix-text.ts';
import { loadBalancerHop } from './hops/load-balancer.ts';
import { atMost, boxes, decidedBy, Scene, type SceneParts } from './scene.ts';

/** A request to a load balancer that stands before ordinary pods: no ingress controller has a say. */
export function describePlainService(
  record: DecisionRecord,
  balancer: LoadBalancer,
  parts: Omit<SceneParts, 'record'>,
): RequestTrace {
  const scene = new Scene({ record, ...parts });
  const { namespace, name } = parseKey(balancer.service);
  const service = parts.world.client.get(services, namespace, name);
  const ready =
    service === undefined
      ? []
      : podsOf(service, parts.world).filter(({ status }) => isConditionTrue(status?.conditions, 'Ready'));
  const [problem] = service === undefined ? [] : targetPortFindings(service, parts.world);
  const pods = ready.map(objectKey);
  const hops = [loadBalancerHop.of(scene), endpoint(scene, pods, balancer), answer(problem !== undefined)];
  return {
    ...factsOf(record),
    service: balancer.service,
    summary: `${balancer.hostname} is the load balancer of Service ${balancer.service}: requests go straight to its pods, without any ingress controller.`,
    hops: hops.filter((hop) => hop !== undefined),
    whatIf: [],
    fix: problem === undefined ? '' : fixText(problem),
    findings: [],
    deviations: deviationsOf(scene),
  };
}

function endpoint(scene: Scene, pods: readonly string[], balancer: LoadBalancer): TraceHop {
  const { namespace, name } = parseKey(balancer.service);
  return {
    step: 'endpoint',
    title: pods.length === 1 ? `pod ${pods[0]}` : `one of ${pods.length} ready pods of Service ${balancer.service}`,
    why: `kube-proxy chooses among the ready endpoints, at random for each connection: ${atMost(pods).join(', ')}.`,
    beat: [],
    nodes: boxes(scene.ids.service(namespace, name), ...pods.map((pod) => scene.ids.pod(pod))),
    ...decidedBy(scene, { kind: 'Service', namespace, name }, 'spec.selector'),
  };
}

function answer(isRefused: boolean): TraceHop {
  const why = isRefused
    ? 'Nothing listens on the target port: the connection is refused.'
    : 'The program in the pod answers the client itself.';
  return { step: 'answer', title: isRefused ? 'connection refused' : "the pod's own answer", why, beat: [], nodes: [] };
}
