import type { RequestTrace } from '@k8s-ingress-sandbox/sim-core/wire';
import { boxesOf } from './flow-path.ts';
import { CLIENT_ID, edgeId, ingressId, type Topology } from './topology.ts';

/** What lights up while a request is explained. */
export interface Lit {
  readonly boxes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** The boxes that a request passed, in order. */
export function wayOf(
  { hops, isCanary }: RequestTrace,
  topology: Topology,
  blockOf: ReadonlyMap<string, string>,
): string[] {
  const nodes = [CLIENT_ID, ...hops.flatMap((hop) => hop.nodes)];
  const way = boxesOf({ nodes, canary: isCanary }, topology).map((id) => blockOf.get(id) ?? id);
  const beaten = canaryRules(topology, isCanary);
  return [...new Set(way.filter((id) => !beaten.has(id)))];
}

/** A canary that was asked and did not get the request is not on its way. */
function canaryRules({ ingresses }: Topology, isCanary: boolean): ReadonlySet<string> {
  return new Set(isCanary ? [] : ingresses.filter(({ canary }) => canary).map(({ uid }) => ingressId(uid)));
}

/** The way of one request: every box that a hop names, and the edges that join them. */
export function litBy(trace: RequestTrace, topology: Topology, blockOf: ReadonlyMap<string, string>): Lit {
  const beaten = canaryRules(topology, trace.isCanary);
  const named = [CLIENT_ID, ...trace.hops.flatMap(({ nodes }) => nodes)].filter((id) => !beaten.has(id));
  const way = boxesOf({ nodes: [...new Set(named)], canary: trace.isCanary }, topology);
  const boxes = new Set(way.map((id) => blockOf.get(id) ?? id));
  const edges = topology.edges
    .map(({ from, to }) => ({ from, to: blockOf.get(to) ?? to }))
    .filter(({ from, to }) => boxes.has(from) && boxes.has(to));
  return { boxes, edges: new Set(edges.map(({ from, to }) => edgeId(from, to))) };
}
