import { awaitedAt, type Box, GAP, HEIGHT, middleOfBox, type Place, type Request } from './box.ts';
import type { PlacedLane } from './lanes.ts';
import { middleOf } from './spread.ts';
import { CLIENT_ID, ingressId, loadBalancerId, nodeId, podId, type Topology } from './topology.ts';

export const COST_ID = 'cost';
export const NO_BALANCER_ID = 'no-load-balancer';
export const NO_CONTROLLER_ID = 'no-controller';

/** Where the lanes of a Service are, by its name. */
type CentresOf = (namespace: string, service: string) => number[];

/** Everything before the Services; each box stands level with what it leads to. */
export function frontBoxes(
  topology: Topology,
  lanes: readonly PlacedLane[],
  unit: number,
  place: Place,
  middle: number,
): Box[] {
  const centresOf: CentresOf = (namespace, service) =>
    lanes
      .filter(({ lane }) => lane?.service.namespace === namespace && lane.service.name === service)
      .map(({ top, height }) => top + height / 2);
  const rules = place('rule', ruleRequests(topology, centresOf, middle));
  const controllers = place('controller', controllerRequests(topology, middleOf(rules.map(middleOfBox), middle), unit));
  const direct = topology.loadBalancers.flatMap(({ ingress, namespace, name }) =>
    ingress ? [] : centresOf(namespace, name),
  );
  const entry = middleOf([...controllers.map(middleOfBox), ...direct], middle);
  const nodes = place('node', nodeRequests(topology, entry, unit));
  const balancers = place('load-balancer', balancerRequests(topology, centresOf, entry));
  const doors = balancers.filter(({ id }) => id !== COST_ID).map(middleOfBox);
  const client: Request = {
    id: CLIENT_ID,
    subject: { kind: 'client' },
    centre: middleOf(doors, entry),
    height: HEIGHT.client,
  };
  return [...place('client', [client]), ...balancers, ...nodes, ...controllers, ...rules];
}

function ruleRequests({ ingresses }: Topology, centresOf: CentresOf, middle: number): Request[] {
  const requests = ingresses.map((ingress): Request => {
    const centres = ingress.rules.flatMap(({ service }) => centresOf(ingress.namespace, service));
    return {
      id: ingressId(ingress.uid),
      subject: { kind: 'rule', ingress },
      centre: middleOf(centres, middle),
      height: HEIGHT.rule,
    };
  });
  return byCentre(requests);
}

/** The load balancers, and below them what they cost. */
function balancerRequests({ loadBalancers }: Topology, centresOf: CentresOf, entry: number): Request[] {
  const requests = loadBalancers.map((balancer): Request => {
    const centres = balancer.ingress ? [] : centresOf(balancer.namespace, balancer.name);
    const subject = { kind: 'load-balancer', balancer } as const;
    const height = awaitedAt(balancer) === undefined ? HEIGHT.balancer : HEIGHT.awaited;
    return { id: loadBalancerId(balancer.uid), subject, centre: middleOf(centres, entry), height };
  });
  if (requests.length === 0)
    return [{ id: NO_BALANCER_ID, subject: { kind: 'no-load-balancer' }, centre: entry, height: HEIGHT.nothing }];
  // With several there is more to say: what one would cost.
  const height = requests.length > 1 ? HEIGHT.comparison : HEIGHT.cost;
  return [...byCentre(requests), { id: COST_ID, subject: { kind: 'cost' }, centre: 0, height }];
}

function controllerRequests({ controllers, ingresses }: Topology, middle: number, unit: number): Request[] {
  if (controllers.length === 0 && ingresses.length > 0)
    return [{ id: NO_CONTROLLER_ID, subject: { kind: 'no-controller' }, centre: middle, height: HEIGHT.nothing }];
  return around(controllers, HEIGHT.controller, middle, unit).map(({ item: pod, centre }) => ({
    id: podId(pod.uid),
    subject: { kind: 'controller', pod },
    centre,
    height: HEIGHT.controller,
  }));
}

function nodeRequests({ nodes }: Topology, entry: number, unit: number): Request[] {
  return around(nodes, HEIGHT.node, entry, unit).map(({ item: node, centre }) => ({
    id: nodeId(node.name),
    subject: { kind: 'node', node },
    centre,
    height: HEIGHT.node,
  }));
}

/** Puts equals around a centre, the first one uppermost. */
function around<T>(items: readonly T[], height: number, centre: number, unit: number): { item: T; centre: number }[] {
  const pitch = (height + GAP) * unit;
  return items.map((item, i) => ({ item, centre: centre + (i - (items.length - 1) / 2) * pitch }));
}

function byCentre(requests: readonly Request[]): Request[] {
  return [...requests].sort((a, b) => a.centre - b.centre);
}
