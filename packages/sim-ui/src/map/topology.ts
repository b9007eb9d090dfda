import type { WireIngress, WireLoadBalancer, WireNode, WirePod, WireService } from '@k8s-ingress-sandbox/sim-core/wire';
import { type ObjectsByKind, selects } from '../state/select.ts';

/** Which version a box belongs to: the page's shape code (circle, hatched square) hangs on it. */
export type Role = 'main' | 'canary' | 'plain';

/** A Service with the pods behind it: one horizontal lane of the map. */
export interface Lane {
  readonly service: WireService;
  readonly role: Role;
  /** How requests from outside get to it. */
  readonly reach: 'ingress' | 'load-balancer' | 'inside';
  readonly pods: readonly WirePod[];
}

export interface MapEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly role: Role;
  /** `planned`: the far end is not ready. `dead`: nothing is behind it. */
  readonly state: 'ready' | 'planned' | 'dead';
}

/** What stands on the map, without any geometry. */
export interface Topology {
  readonly loadBalancers: readonly WireLoadBalancer[];
  readonly nodes: readonly WireNode[];
  readonly controllers: readonly WirePod[];
  readonly ingresses: readonly WireIngress[];
  readonly lanes: readonly Lane[];
  /** Pods that no Service on the map selects. */
  readonly loosePods: readonly WirePod[];
  readonly edges: readonly MapEdge[];
}

export const CLIENT_ID = 'client';
/** Namespaces of the cluster's own machinery; the lists show them, the map does not. */
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
const FINISHED: ReadonlySet<string> = new Set(['Completed', 'Succeeded']);

export const loadBalancerId = (uid: string): string => `lb:${uid}`;
export const nodeId = (name: string): string => `node:${name}`;
export const podId = (uid: string): string => `pod:${uid}`;
export const ingressId = (uid: string): string => `ingress:${uid}`;
export const serviceId = (uid: string): string => `service:${uid}`;
export const endpointsId = (serviceUid: string): string => `endpoints:${serviceUid}`;
export const edgeId = (from: string, to: string): string => `${from}>${to}`;

export function buildTopology(objects: ObjectsByKind): Topology {
  const controllers = objects.pods.filter((pod) => pod.controller !== undefined);
  const lanes = buildLanes(objects, controllers);
  const shown = new Set(lanes.flatMap(({ pods }) => pods.map(({ uid }) => uid)));
  const loosePods = objects.pods.filter(
    (pod) =>
      !shown.has(pod.uid) && !pod.controller && !FINISHED.has(pod.status) && !SYSTEM_NAMESPACES.has(pod.namespace),
  );
  const { loadBalancers, nodes, ingresses } = objects;
  const base = { loadBalancers, nodes, controllers, ingresses, lanes, loosePods };
  return { ...base, edges: buildEdges(base) };
}

/** Lanes in the order of the map: behind an Ingress (a main Service, then its canary), behind a load balancer, inside. */
function buildLanes(objects: ObjectsByKind, controllers: readonly WirePod[]): Lane[] {
  const rank = { ingress: 0, 'load-balancer': 1, inside: 2 };
  const taken = new Set<string>();
  return objects.services
    .filter((service) => isOnMap(service, controllers))
    .map((service) => ({ service, role: roleOf(service, objects.ingresses), reach: reachOf(service, objects) }))
    .sort((a, b) => rank[a.reach] - rank[b.reach] || groupOf(a.service, objects) - groupOf(b.service, objects))
    .map((lane) => {
      const pods = podsBehind(lane.service, objects.pods).filter(({ uid }) => !taken.has(uid));
      for (const { uid } of pods) taken.add(uid);
      return { ...lane, pods };
    });
}

function isOnMap(service: WireService, controllers: readonly WirePod[]): boolean {
  if (SYSTEM_NAMESPACES.has(service.namespace)) return false;
  if (service.namespace === 'default' && service.name === 'kubernetes') return false;
  return !controllers.some((pod) => selects(service, pod)) && !isAdmission(service);
}

/** The admission webhook's Service is the controller's own door, not a place that requests go to. */
function isAdmission({ name, selector }: WireService): boolean {
  return name.endsWith('-admission') && selector['app.kubernetes.io/component'] === 'controller';
}

/** Pods that a Service selects, and any others that its endpoints name. */
function podsBehind(service: WireService, pods: readonly WirePod[]): WirePod[] {
  const named = new Set(service.endpoints.map(({ pod }) => pod));
  return pods.filter(
    (pod) =>
      !pod.controller &&
      !FINISHED.has(pod.status) &&
      (selects(service, pod) || (named.has(pod.name) && service.namespace === pod.namespace)),
  );
}

function ingressesOf(service: WireService, ingresses: readonly WireIngress[]): WireIngress[] {
  return ingresses.filter(
    ({ namespace, rules }) => namespace === service.namespace && rules.some((rule) => rule.service === service.name),
  );
}

function roleOf(service: WireService, ingresses: readonly WireIngress[]): Role {
  const naming = ingressesOf(service, ingresses);
  if (naming.length === 0) return 'plain';
  return naming.every(({ canary }) => canary !== undefined) ? 'canary' : 'main';
}

function reachOf(service: WireService, { ingresses, loadBalancers }: ObjectsByKind): Lane['reach'] {
  if (ingressesOf(service, ingresses).length > 0) return 'ingress';
  return loadBalancers.some(({ uid }) => uid === service.uid) ? 'load-balancer' : 'inside';
}

/** Services of one host and path stand together, the main one first. */
function groupOf(service: WireService, { ingresses }: ObjectsByKind): number {
  const [own] = ingressesOf(service, ingresses);
  if (!own) return 0;
  const host = (ingress: WireIngress): string => ingress.rules[0]?.host ?? '';
  const mains = ingresses.filter(({ canary }) => !canary);
  const place = own.canary ? mains.findIndex((ingress) => host(ingress) === host(own)) : mains.indexOf(own);
  return (place < 0 ? mains.length : place) * 2 + (own.canary ? 1 : 0);
}

function buildEdges(base: Omit<Topology, 'edges'>): MapEdge[] {
  const { loadBalancers, controllers, ingresses, lanes } = base;
  return [
    ...loadBalancers.flatMap((balancer) => balancerEdges(balancer, base)),
    ...controllers.flatMap((pod) =>
      ingresses
        .filter(({ served }) => served)
        .map(({ uid, canary }) =>
          edge(podId(pod.uid), ingressId(uid), canary ? 'canary' : 'plain', stateOf(pod.isReady)),
        ),
    ),
    ...lanes.flatMap((lane) => laneEdges(lane, ingresses)),
  ];
}

function balancerEdges({ uid, state, targets, ingress }: WireLoadBalancer, base: Omit<Topology, 'edges'>): MapEdge[] {
  const ready = state === 'ready';
  const direct = base.lanes.find(({ service }) => service.uid === uid);
  const ends = direct
    ? [serviceId(direct.service.uid)]
    : ingress
      ? base.controllers.filter(({ isReady }) => isReady).map((pod) => podId(pod.uid))
      : [];
  // A load balancer that is still being made will spread over every node.
  const planned = targets.length > 0 ? targets : base.nodes.map(({ name }) => ({ node: name, healthy: false }));
  return [
    edge(CLIENT_ID, loadBalancerId(uid), 'plain', stateOf(ready)),
    ...planned.flatMap(({ node, healthy }) => [
      edge(loadBalancerId(uid), nodeId(node), 'plain', stateOf(ready && healthy)),
      // An unhealthy node gets nothing, so nothing leads on from it.
      ...(ready && !healthy ? [] : ends.map((end) => edge(nodeId(node), end, 'plain', stateOf(ready)))),
    ]),
  ];
}

function laneEdges({ service, role, pods }: Lane, ingresses: readonly WireIngress[]): MapEdge[] {
  const own = endpointsId(service.uid);
  const named = new Set(service.endpoints.map(({ pod }) => pod));
  const ready = new Set(service.endpoints.filter((endpoint) => endpoint.ready).map(({ pod }) => pod));
  return [
    ...ingressesOf(service, ingresses).map((ingress) =>
      edge(ingressId(ingress.uid), serviceId(service.uid), ingress.canary ? 'canary' : role, stateOf(ingress.served)),
    ),
    edge(serviceId(service.uid), own, role, service.endpoints.length === 0 ? 'dead' : stateOf(ready.size > 0)),
    ...pods
      .filter(({ name }) => named.has(name))
      .map((pod) => edge(own, podId(pod.uid), role, stateOf(ready.has(pod.name)))),
  ];
}

function stateOf(ready: boolean): MapEdge['state'] {
  return ready ? 'ready' : 'planned';
}

function edge(from: string, to: string, role: Role, state: MapEdge['state']): MapEdge {
  return { id: edgeId(from, to), from, to, role, state };
}

/** Edges by their id, those to pods of one block as one; it is ready when one of them is. */
export function mergeEdges(
  edges: readonly MapEdge[],
  blockOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, MapEdge> {
  const merged = new Map<string, MapEdge>();
  for (const one of edges) {
    const to = blockOf.get(one.to) ?? one.to;
    const id = edgeId(one.from, to);
    if (merged.get(id)?.state !== 'ready') merged.set(id, { ...one, id, to });
  }
  return merged;
}
