import type { Endpoint, EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { identityOf } from './endpoint.ts';

/** Most endpoints in a slice that the controller fills (--max-endpoints-per-slice). */
export const MAX_ENDPOINTS = 100;

/** What is to become of the slices of one set of ports. */
export interface Packing {
  /** Endpoints of each slice that is to be created. */
  readonly create: Endpoint[][];
  /** New endpoints by slice. */
  readonly update: Map<EndpointSlice, Endpoint[]>;
  readonly remove: EndpointSlice[];
}

/**
 * Fits the wanted endpoints into slices with few writes (k8s.io/endpointslice/reconciler.go, reconcileByPortMapping):
 * slices that change anyway are filled first; what is left goes into one unchanged slice that has the room, best fit
 * first, or into new ones. Slices are never rebalanced.
 * @param isStale whether a slice has to be written even if its endpoints stay (its labels changed)
 */
export function pack(
  existing: readonly EndpointSlice[],
  wanted: Map<string, Endpoint>,
  isStale: (slice: EndpointSlice) => boolean,
): Packing {
  const missing = new Map(wanted);
  const packing: Packing = { create: [], update: new Map(), remove: [] };
  const unchanged = new Set<EndpointSlice>();
  for (const slice of existing) {
    const { kept, changed } = keepWanted(slice, missing);
    if (!changed && !isStale(slice)) unchanged.add(slice);
    else if (kept.length === 0) packing.remove.push(slice);
    else packing.update.set(slice, kept);
  }
  const rest = [...missing.values()];
  for (const endpoints of fullestFirst(packing.update.values())) fill(endpoints, rest);
  while (rest.length > 0) {
    const slice = rest.length < MAX_ENDPOINTS ? bestFit(unchanged, rest.length) : undefined;
    const endpoints = slice === undefined ? [] : [...slice.endpoints];
    fill(endpoints, rest);
    if (slice === undefined) packing.create.push(endpoints);
    else {
      unchanged.delete(slice);
      packing.update.set(slice, endpoints);
    }
  }
  return packing;
}

/** The slice's endpoints that are still wanted, in their newest state; they are missing no more. */
function keepWanted(
  { endpoints }: EndpointSlice,
  missing: Map<string, Endpoint>,
): { kept: Endpoint[]; changed: boolean } {
  const kept: Endpoint[] = [];
  let changed = false;
  for (const endpoint of endpoints) {
    const identity = identityOf(endpoint);
    const wanted = missing.get(identity);
    if (wanted === undefined) {
      changed = true;
      continue;
    }
    kept.push(wanted);
    missing.delete(identity);
    if (!deepEqual(wanted, endpoint)) changed = true;
  }
  return { kept, changed };
}

function fullestFirst(slices: Iterable<Endpoint[]>): Endpoint[][] {
  return [...slices].sort((a, b) => b.length - a.length);
}

/** Moves endpoints from the front of `rest` until the slice is full. */
function fill(endpoints: Endpoint[], rest: Endpoint[]): void {
  endpoints.push(...rest.splice(0, MAX_ENDPOINTS - endpoints.length));
}

/** The slice that would be fullest with `count` more (getSliceToFill). */
function bestFit(slices: Iterable<EndpointSlice>, count: number): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  let room = MAX_ENDPOINTS;
  for (const slice of slices) {
    const left = MAX_ENDPOINTS - count - slice.endpoints.length;
    if (left < 0 || left >= room) continue;
    best = slice;
    room = left;
  }
  return best;
}
