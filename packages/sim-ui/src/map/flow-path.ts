import type { WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';
import { endpointsId, type Topology } from './topology.ts';

/**
 * The boxes that a way through the cluster visits on the map: the server names objects, the map adds the Service's
 * endpoints and shows a canary's requests on the canary's own rule.
 */
export function boxesOf(flow: Pick<WireFlow, 'nodes' | 'canary'>, topology: Topology): string[] {
  const nodes = flow.canary ? viaCanaryRule(flow.nodes, topology) : flow.nodes;
  const lanes = new Set(topology.lanes.map(({ service }) => service.uid));
  return nodes.flatMap((id) => {
    const uid = id.startsWith('service:') ? id.slice('service:'.length) : undefined;
    return uid !== undefined && lanes.has(uid) ? [id, endpointsId(uid)] : [id];
  });
}

/**
 * nginx finds the location by the main Ingress and only then takes the canary's backend. On the map the two rules stand
 * one above the other, so a canary's request is drawn through the canary's.
 */
function viaCanaryRule(nodes: readonly string[], { ingresses, lanes }: Topology): readonly string[] {
  const service = lanes.find((lane) => nodes.includes(`service:${lane.service.uid}`))?.service;
  const rule = ingresses.find(
    ({ canary, namespace, rules }) =>
      canary && namespace === service?.namespace && rules.some((one) => one.service === service.name),
  );
  return rule ? nodes.map((id) => (id.startsWith('ingress:') ? `ingress:${rule.uid}` : id)) : nodes;
}
