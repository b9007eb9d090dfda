import type { NodeInfo, PodInfo } from './node-info.ts';

/**
 * The node that suits the pod best: where the fewest pods of its controller run, then where the smallest share of CPU and
 * memory is taken, then where the fewest pods run, then by name. Upstream weighs several scores and draws lots among
 * equals (PodTopologySpread, NodeResourcesFit LeastAllocated); here the order is strict, so that the same cluster
 * always places pods the same way.
 */
export function bestNode(pod: PodInfo, feasible: readonly NodeInfo[]): NodeInfo | undefined {
  let best: NodeInfo | undefined;
  for (const node of feasible) if (best === undefined || compare(node, best, pod) < 0) best = node;
  return best;
}

function compare(a: NodeInfo, b: NodeInfo, { owner }: PodInfo): number {
  return (
    a.podsOf(owner) - b.podsOf(owner) ||
    allocated(a) - allocated(b) ||
    a.pods - b.pods ||
    (a.node.metadata.name < b.node.metadata.name ? -1 : 1)
  );
}

/** Share of CPU and memory that is spoken for, both counting the same. */
function allocated({ weight, allocatable }: NodeInfo): number {
  return share(weight.milliCpu, allocatable.milliCpu) + share(weight.memory, allocatable.memory);
}

function share(taken: number, of: number): number {
  return of > 0 && Number.isFinite(of) ? taken / of : 0;
}
