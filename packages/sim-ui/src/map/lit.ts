import type { RequestTrace } from '@k8s-ingress-sandbox/sim-core/wire';
import { boxesOf } from './flow-path.ts';
import { CLIENT_ID, edgeId, ingressId, type Topology } from './topology.ts';

/** What lights up while a request is explained. */
export interface Lit {
  readonly boxes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** The way of one request: every box that a hop names, and the edges that join them. */
export function litBy(trace: RequestTrace, topology: Topology, blockOf: ReadonlyMap<string, string>): Lit {
  // A canary that was asked and did not get the request is not on its way.
  const beaten = new Set(
    trace.isCanary ? [] : topology.ingresses.filter(({ canary }) => canary).map(({ uid }) => ingressId(uid)),
  );
  const named = [CLIENT_ID, ...trace.hops.flatMap(({ nodes }) => nodes).filter((id) => !beaten.has(id))];
  const way = boxesOf({ nodes: [...new Set(named)], canary: false }, topology);
  const boxes = new Set(way.map((id) => blockOf.get(id) ?? id));
  const edges = topology.edges
    .map(({ from, to }) => ({ from, to: blockOf.get(to) ?? to }))
    .filter(({ from, to }) => boxes.has(from) && boxes.has(to));
  return { boxes, edges: new Set(edges.map(({ from, to }) => edgeId(from, to))) };
}
