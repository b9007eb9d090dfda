import type { WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Rates } from '../state/rates.ts';
import type { ByFlow } from './dot-field.ts';
import { edgeId } from './topology.ts';

/** Requests a second over one edge or through one box. */
export interface Rate {
  readonly perSecond: number;
  readonly canaryPerSecond: number;
  readonly errorsPerSecond: number;
}

export interface MapRates {
  readonly edges: ReadonlyMap<string, Rate & { readonly from: string; readonly to: string }>;
  readonly boxes: ReadonlyMap<string, Rate>;
}

const NONE: Rate = { perSecond: 0, canaryPerSecond: 0, errorsPerSecond: 0 };

/**
 * Sums the flows' rates over what they pass, so that all numbers on the map agree with one another.
 *
 * @param paths - box ids of each flow, in order
 */
export function mapRates(flows: Iterable<WireFlow>, rates: Rates, paths: ByFlow<readonly string[]>): MapRates {
  const edges = new Map<string, Rate & { from: string; to: string }>();
  const boxes = new Map<string, Rate>();
  for (const flow of flows) {
    const { perSecond = 0, errorsPerSecond = 0 } = rates.get(flow.id) ?? {};
    if (perSecond === 0) continue;
    const own = { perSecond, canaryPerSecond: flow.canary ? perSecond : 0, errorsPerSecond };
    const path = paths.get(flow.id) ?? [];
    for (const id of path) boxes.set(id, sum(boxes.get(id) ?? NONE, own));
    for (const [from, to] of pairs(path)) {
      const id = edgeId(from, to);
      edges.set(id, { from, to, ...sum(edges.get(id) ?? NONE, own) });
    }
  }
  return { edges, boxes };
}

function pairs(path: readonly string[]): [string, string][] {
  return path.slice(1).map((to, i) => [path[i] ?? '', to]);
}

function sum(a: Rate, b: Rate): Rate {
  return {
    perSecond: a.perSecond + b.perSecond,
    canaryPerSecond: a.canaryPerSecond + b.canaryPerSecond,
    errorsPerSecond: a.errorsPerSecond + b.errorsPerSecond,
  };
}
