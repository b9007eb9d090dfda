import type { WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Box } from '../map/box.ts';
import type { Way } from '../map/dot-field.ts';
import { type MapRates, mapRates } from '../map/edge-rates.ts';
import { edgeTrack, type Track } from '../map/edge-shape.ts';
import { boxesOf } from '../map/flow-path.ts';
import { LOOSE } from '../map/lane-boxes.ts';
import { layoutMap, type MapLayout } from '../map/layout.ts';
import { type Lit, litBy } from '../map/lit.ts';
import { assignSlots, type Slot } from '../map/slots.ts';
import { buildTopology, edgeId, type MapEdge, mergeEdges, type Topology } from '../map/topology.ts';
import { byKind, type ObjectsByKind } from '../state/select.ts';
import type { Store } from '../state/store.ts';
import type { View } from './page.ts';

/** What follows from the store and the view; each part is worked out only when what it follows from has changed. */
export interface Derived {
  readonly objects: ReadonlySignal<ObjectsByKind>;
  readonly topology: ReadonlySignal<Topology>;
  readonly layout: ReadonlySignal<MapLayout>;
  /** Configured edges, those to pods of one block as one. */
  readonly edges: ReadonlySignal<ReadonlyMap<string, MapEdge>>;
  readonly mapRates: ReadonlySignal<MapRates>;
  readonly ways: ReadonlySignal<ReadonlyMap<number, Way>>;
  /** The way of the request that is being explained. */
  readonly lit: ReadonlySignal<Lit | undefined>;
}

export function derive({ parts, rates }: Store, { mapSize, trace }: View): Derived {
  const objects = computed(() => byKind(parts.objects.value.values()));
  const topology = computed(() => buildTopology(objects.value));
  const settled = computed(() => parts.status.value.settled);
  const slots = signal<ReadonlyMap<string, readonly Slot[]>>(new Map());
  effect(() => {
    slots.value = nextSlots(slots.peek(), topology.value, settled.value);
  });
  const layout = computed(() => layoutMap(topology.value, mapSize.value, slots.value));
  // Counters change all the time, the ways themselves only when one is added.
  const flowCount = computed(() => `${parts.epoch.value} ${parts.flows.value.size}`);
  const paths = computed(() => {
    void flowCount.value;
    return pathsOf(parts.flows.peek().values(), topology.value, layout.value.blockOf);
  });
  return {
    objects,
    topology,
    layout,
    edges: computed(() => mergeEdges(topology.value.edges, layout.value.blockOf)),
    mapRates: computed(() => mapRates(parts.flows.value.values(), rates.value, paths.value)),
    ways: computed(() => waysOf(parts.flows.peek(), paths.value, layout.value)),
    lit: computed(() => {
      const open = trace.value;
      return open?.phase === 'shown' ? litBy(open.trace, topology.value, layout.value.blockOf) : undefined;
    }),
  };
}

function nextSlots(
  before: ReadonlyMap<string, readonly Slot[]>,
  { lanes, loosePods }: Topology,
  settled: boolean,
): ReadonlyMap<string, readonly Slot[]> {
  const all = [...lanes.map(({ service, pods }) => ({ key: service.uid, pods })), { key: LOOSE, pods: loosePods }];
  return new Map(all.map(({ key, pods }) => [key, assignSlots(before.get(key) ?? [], pods, settled)]));
}

/** Box ids of every flow, in order. */
function pathsOf(
  flows: Iterable<WireFlow>,
  topology: Topology,
  blockOf: ReadonlyMap<string, string>,
): ReadonlyMap<number, readonly string[]> {
  return new Map([...flows].map((flow) => [flow.id, boxesOf(flow, topology).map((id) => blockOf.get(id) ?? id)]));
}

function waysOf(
  flows: ReadonlyMap<number, WireFlow>,
  paths: ReadonlyMap<number, readonly string[]>,
  layout: MapLayout,
): ReadonlyMap<number, Way> {
  // Most ways share most of their edges.
  const tracks = new Map<string, Track>();
  const trackOf = (from: Box, to: Box): Track => {
    const id = edgeId(from.id, to.id);
    const track = tracks.get(id) ?? edgeTrack(from, to, layout.gap);
    tracks.set(id, track);
    return track;
  };
  return new Map(
    [...paths].map(([id, path]) => {
      const boxes = path.flatMap((box) => layout.byId.get(box) ?? []);
      const canary = flows.get(id)?.canary ?? false;
      return [id, { tracks: boxes.slice(1).map((to, i) => trackOf(boxes[i]!, to)), canary }];
    }),
  );
}
